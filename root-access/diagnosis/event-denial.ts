import { z } from "zod";
import type { Denial, DenialEvent } from "./denial.ts";
import { denialOf } from "./prose-denials.ts";

const flag = z.union([z.string(), z.boolean()]).optional().catch(undefined);
const optionalText = z.string().optional().catch(undefined);

/** A CloudTrail event, as far as it is needed. What else stands there, and how, must not hide that it was refused. */
const eventSchema = z.object({
  eventName: z.string(),
  errorCode: optionalText,
  errorMessage: z.string().catch(""),
  eventID: optionalText,
  eventTime: optionalText,
  awsRegion: optionalText,
  sessionCredentialFromConsole: flag,
  userIdentity: z
    .object({ sessionContext: z.object({ assumedRoot: flag }).optional().catch(undefined) })
    .catch({ sessionContext: undefined }),
  requestParameters: z
    .object({
      taskPolicyArn: z
        .union([z.string(), z.object({ arn: z.string() }).transform(({ arn }) => arn)])
        .optional()
        .catch(undefined),
    })
    .catch({ taskPolicyArn: undefined }),
});

type Event = z.infer<typeof eventSchema>;

/** @returns `undefined` for what is no CloudTrail event */
export function denialInEvent(value: object): Denial | "not refused" | undefined {
  const event = eventSchema.safeParse(value).data;
  if (event === undefined) return undefined;
  const { errorCode: code, errorMessage, eventName: operation } = event;
  return code === undefined ? "not refused" : denialOf(errorMessage, { code, operation, event: eventOf(event) });
}

function eventOf(refused: Event): DenialEvent {
  const { eventID, eventTime, awsRegion, userIdentity, requestParameters, sessionCredentialFromConsole } = refused;
  const { taskPolicyArn } = requestParameters;
  return {
    ...(eventID === undefined ? {} : { id: eventID }),
    ...(eventTime === undefined ? {} : { time: eventTime }),
    ...(awsRegion === undefined ? {} : { region: awsRegion }),
    ...(taskPolicyArn === undefined ? {} : { taskPolicyArn }),
    rootSession: String(userIdentity.sessionContext?.assumedRoot) === "true",
    fromConsole: String(sessionCredentialFromConsole) === "true",
  };
}
