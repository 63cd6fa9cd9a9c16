/**
 * An error that AWS answers with. The wire protocol turns it into the bytes of the service at hand.
 *
 * `shape` names the error structure of the service's model where it differs from `code`: SQS answers the code
 * `AWS.SimpleQueueService.NonExistentQueue` for the structure `QueueDoesNotExist`.
 */
export class AwsFault extends Error {
  override readonly name = "AwsFault";
  readonly code: string;
  readonly status: number;
  readonly shape: string;
  /** Further members of the error structure, for example `Reason` of Organizations' ConstraintViolationException. */
  readonly members: Readonly<Record<string, string>>;
  /** Response headers that come with the error, for example `x-amz-bucket-region` of S3's redirects. */
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    code: string,
    message: string,
    {
      status = 400,
      shape = code,
      members = {},
      headers = {},
    }: {
      status?: number;
      shape?: string;
      members?: Record<string, string>;
      headers?: Readonly<Record<string, string>>;
    } = {},
  ) {
    super(message);
    this.code = code;
    this.status = status;
    this.shape = shape;
    this.members = members;
    this.headers = headers;
  }
}

/** The sandbox organization does not model this. It refuses by name instead of answering something that means nothing. */
export function notImplemented(what: string): AwsFault {
  return new AwsFault("NotImplemented", `${what} is not modelled by the sandbox organization.`, { status: 501 });
}
