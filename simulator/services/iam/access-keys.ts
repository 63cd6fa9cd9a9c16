import type {
  CreateAccessKeyRequest,
  CreateAccessKeyResponse,
  DeleteAccessKeyRequest,
  GetAccessKeyLastUsedRequest,
  GetAccessKeyLastUsedResponse,
  ListAccessKeysRequest,
  ListAccessKeysResponse,
  UpdateAccessKeyRequest,
} from "@aws-sdk/client-iam";
import { rootUserArn } from "#iam";
import { iamId, secretAccessKey } from "../../aws-identifiers.ts";
import type { AccessKey, LongTermKey } from "../../state/iam.ts";
import { checkParameters } from "../query-refusals.ts";
import type { Call, Decoded, Operation } from "../service.ts";
import { limitExceeded, noSuchEntity } from "./faults.ts";
import { requiresSubject, requiresUser, type Subject, subjectOf } from "./identities.ts";
import { markerPage } from "./marker-page.ts";

const mostKeys = 2;

export const createAccessKey: Operation<CreateAccessKeyRequest, CreateAccessKeyResponse> = {
  requires: requiresSubject,
  perform: ({ UserName }, call) => {
    const { holder, userName } = subjectOf(UserName, call);
    if (holder.accessKeys.length >= mostKeys) {
      throw limitExceeded(`Cannot exceed quota for AccessKeysPerUser: ${mostKeys}`);
    }
    const key: AccessKey = {
      id: iamId("AKIA"),
      secret: secretAccessKey(),
      status: "Active",
      created: call.clock.now(),
    };
    holder.accessKeys.push(key);
    const { accountId } = call.caller;
    call.state.credentials.set(key.id, { kind: "long-term key", accountId, userName, key });
    return {
      AccessKey: {
        UserName: userName,
        AccessKeyId: key.id,
        Status: key.status,
        SecretAccessKey: key.secret,
        CreateDate: key.created,
      },
    };
  },
};

export const listAccessKeys: Operation<ListAccessKeysRequest, ListAccessKeysResponse> = {
  requires: requiresSubject,
  perform: (input, call) => {
    const { holder, userName } = subjectOf(input.UserName, call);
    const { items, position } = markerPage(holder.accessKeys, input, call);
    const keys = items.map(({ id, status, created }) => ({
      UserName: userName,
      AccessKeyId: id,
      Status: status,
      CreateDate: created,
    }));
    return { AccessKeyMetadata: keys, ...position };
  },
};

export const updateAccessKey: Operation<Decoded<UpdateAccessKeyRequest>, object> = {
  validate: (input) => {
    checkParameters(input, { Status: { oneOf: ["Active", "Inactive"] } });
  },
  requires: requiresSubject,
  perform: ({ AccessKeyId, Status, UserName }, call) => {
    keyOf(subjectOf(UserName, call), AccessKeyId).status = Status === "Active" ? "Active" : "Inactive";
    return {};
  },
};

export const deleteAccessKey: Operation<Decoded<DeleteAccessKeyRequest>, object> = {
  requires: requiresSubject,
  perform: ({ AccessKeyId, UserName }, call) => {
    const subject = subjectOf(UserName, call);
    const key = keyOf(subject, AccessKeyId);
    subject.holder.accessKeys.splice(subject.holder.accessKeys.indexOf(key), 1);
    call.state.credentials.delete(key.id);
    return {};
  },
};

/** Names only a key: whose it is decides which resource policies have to allow. */
export const getAccessKeyLastUsed: Operation<Decoded<GetAccessKeyLastUsedRequest>, GetAccessKeyLastUsedResponse> = {
  requires: ({ AccessKeyId }, call) => {
    const owner = ownedKey(AccessKeyId, call);
    if (owner?.userName !== undefined) return requiresUser({ UserName: owner.userName }, call);
    const isRoots = owner !== undefined || call.caller.principal.kind === "root";
    return [{ resource: isRoots ? rootUserArn(call.caller.accountId) : "*" }];
  },
  perform: ({ AccessKeyId }, call) => {
    const owner = ownedKey(AccessKeyId, call);
    if (!owner) throw keyNotFound(AccessKeyId);
    const { lastUsed } = owner.key;
    return {
      ...(owner.userName === undefined ? {} : { UserName: owner.userName }),
      AccessKeyLastUsed: {
        LastUsedDate: lastUsed?.at,
        ServiceName: lastUsed?.service ?? "N/A",
        Region: lastUsed?.region ?? "N/A",
      },
    };
  },
};

function ownedKey(id: string, { state, caller }: Call): LongTermKey | undefined {
  const credential = state.credentials.get(id);
  return credential?.kind === "long-term key" && credential.accountId === caller.accountId ? credential : undefined;
}

function keyOf({ holder }: Subject, id: string): AccessKey {
  const key = holder.accessKeys.find((candidate) => candidate.id === id);
  if (!key) throw keyNotFound(id);
  return key;
}

function keyNotFound(id: string): Error {
  return noSuchEntity(`The Access Key with id ${id} cannot be found.`);
}
