import { AwsFault } from "../../aws-fault.ts";
import type { KeyFaults } from "../kms/use-of-key.ts";

/** The errors of SNS: their structures end in `Exception`, their codes on the wire do not. */
export function invalidParameter(what: string): AwsFault {
  return new AwsFault("InvalidParameter", `Invalid parameter: ${what}`, { shape: "InvalidParameterException" });
}

export function topicDoesNotExist(): AwsFault {
  return new AwsFault("NotFound", "Topic does not exist", { status: 404, shape: "NotFoundException" });
}

export function subscriptionDoesNotExist(): AwsFault {
  return new AwsFault("NotFound", "Subscription does not exist", { status: 404, shape: "NotFoundException" });
}

export function authorizationError(principalArn: string, action: string, resource: string): AwsFault {
  const message = `User: ${principalArn} is not authorized to perform: SNS:${action} on resource: ${resource}`;
  return new AwsFault("AuthorizationError", message, { status: 403, shape: "AuthorizationErrorException" });
}

export const keyFaults: KeyFaults = {
  denied: keyFault(
    "KMSAccessDenied",
    "The ciphertext refers to a customer master key that does not exist, does not exist in this region, or you are not allowed to access.",
  ),
  missing: keyFault("KMSNotFound", "The request was rejected because the specified entity or resource can't be found."),
  disabled: keyFault("KMSDisabled", "The request was rejected because the specified KMS key isn't enabled."),
};

function keyFault(code: string, message: string): AwsFault {
  return new AwsFault(code, message, { shape: `${code}Exception` });
}
