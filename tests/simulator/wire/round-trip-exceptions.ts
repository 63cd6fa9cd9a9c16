const endsInEmptyList =
  "its structures are so deep that random ones end in an empty list, which EC2's client leaves out";

/** Operations that cannot survive the round trip with random data, and why; the test asserts that this list is exact. */
export const exceptions: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  sqs: {
    SendMessage: "the client compares MD5OfMessageBody with what it sent, and a random word is not its digest",
    ReceiveMessage: "the client compares MD5OfBody with the body, and a random word is not its digest",
  },
  ec2: {
    CreateFleet: endsInEmptyList,
    ModifyFleet: endsInEmptyList,
    ModifySpotFleetRequest: endsInEmptyList,
    RequestSpotFleet: endsInEmptyList,
  },
  s3: {
    ListDirectoryBuckets: "on the wire it is ListBuckets: only the signing name (s3express) tells them apart",
    SelectObjectContent: "answers with an event stream, which the simulator does not speak",
    WriteGetObjectResponse: "its path has no bucket and reads as one; it goes to an Object Lambda host of its own",
  },
};
