import { AwsFault } from "../../aws-fault.ts";

export function noSuchBucket(bucket: string): AwsFault {
  return new AwsFault("NoSuchBucket", "The specified bucket does not exist", {
    status: 404,
    members: { BucketName: bucket },
  });
}

export function noSuchKey(key: string): AwsFault {
  return new AwsFault("NoSuchKey", "The specified key does not exist.", { status: 404, members: { Key: key } });
}

/** What a bucket does not have: 404 with a code and a sentence of its own. */
export function notConfigured(code: string, message: string, bucket: string): AwsFault {
  return new AwsFault(code, message, { status: 404, members: { BucketName: bucket } });
}

export function invalidArgument(message: string, name: string, value: string): AwsFault {
  return new AwsFault("InvalidArgument", message, { members: { ArgumentName: name, ArgumentValue: value } });
}

export function malformedXml(): AwsFault {
  return new AwsFault(
    "MalformedXML",
    "The XML you provided was not well-formed or did not validate against our published schema",
  );
}

/** The members that S3 requires beside names are bodies. */
export function missingRequestBody(): AwsFault {
  return new AwsFault("MissingRequestBodyError", "Request Body is empty");
}

export function methodNotAllowed(): AwsFault {
  return new AwsFault("MethodNotAllowed", "The specified method is not allowed against this resource.", {
    status: 405,
  });
}

export function accessDenied(message = "Access Denied"): AwsFault {
  return new AwsFault("AccessDenied", message, { status: 403 });
}
