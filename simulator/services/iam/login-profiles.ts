import type {
  CreateLoginProfileRequest,
  CreateLoginProfileResponse,
  DeleteLoginProfileRequest,
  GetLoginProfileRequest,
  GetLoginProfileResponse,
  LoginProfile,
  UpdateLoginProfileRequest,
} from "@aws-sdk/client-iam";
import { AwsFault } from "../../aws-fault.ts";
import type { LoginProfile as StoredLoginProfile } from "../../state/iam.ts";
import type { Call, Decoded, Operation } from "../service.ts";
import { missingParameters, validationError } from "../query-refusals.ts";
import { alreadyExists, noSuchEntity } from "./faults.ts";
import { requiresSubject, requiresUser, type Subject, subjectOf } from "./identities.ts";

/** For the root user: allows password recovery. Neither name nor password is given then (docs/aws-behaviour.md, section 2). */
export const createLoginProfile: Operation<CreateLoginProfileRequest, CreateLoginProfileResponse> = {
  requires: requiresSubject,
  perform: (input, call) => {
    const subject = subjectOf(input.UserName, call);
    checkPassword(input.Password, subject);
    if (subject.holder.loginProfile) throw alreadyExists(`Login Profile for ${nameOf(subject, call)} already exists.`);
    const profile = { created: call.clock.now(), passwordResetRequired: input.PasswordResetRequired ?? false };
    subject.holder.loginProfile = profile;
    return { LoginProfile: describe(profile, subject) };
  },
};

export const getLoginProfile: Operation<GetLoginProfileRequest, GetLoginProfileResponse> = {
  requires: requiresSubject,
  perform: ({ UserName }, call) => {
    const subject = subjectOf(UserName, call);
    return { LoginProfile: describe(existing(subject), subject) };
  },
};

export const updateLoginProfile: Operation<Decoded<UpdateLoginProfileRequest>, object> = {
  requires: requiresUser,
  perform: ({ UserName, Password, PasswordResetRequired }, call) => {
    const subject = subjectOf(UserName, call);
    const profile = existing(subject);
    if (Password !== undefined) checkPassword(Password, subject);
    subject.holder.loginProfile = {
      ...profile,
      passwordResetRequired: PasswordResetRequired ?? profile.passwordResetRequired,
    };
    return {};
  },
};

export const deleteLoginProfile: Operation<DeleteLoginProfileRequest, object> = {
  requires: requiresSubject,
  perform: ({ UserName }, call) => {
    const subject = subjectOf(UserName, call);
    existing(subject);
    delete subject.holder.loginProfile;
    return {};
  },
};

function existing(subject: Subject): StoredLoginProfile {
  const { loginProfile } = subject.holder;
  // AWS writes "null" where the root user's name would stand.
  if (!loginProfile) throw noSuchEntity(`Login Profile for User ${subject.userName ?? "null"} cannot be found.`);
  return loginProfile;
}

function nameOf({ userName }: Subject, { caller }: Call): string {
  return userName === undefined ? `account ${caller.accountId}` : `User ${userName}`;
}

/** What AWS answers to a password for the root user is not known; that it refuses is. */
function checkPassword(password: string | undefined, { userName }: Subject): void {
  if (userName === undefined) {
    if (password !== undefined) throw validationError("Password must not be specified for the root user.");
  } else if (password === undefined) {
    throw missingParameters(["Password"]);
  } else if (password.length < 8) {
    throw new AwsFault("PasswordPolicyViolation", "Password should have a minimum length of 8");
  }
}

function describe({ created, passwordResetRequired }: StoredLoginProfile, { userName }: Subject): LoginProfile {
  return { UserName: userName, CreateDate: created, PasswordResetRequired: passwordResetRequired };
}
