import { z } from "zod";
import { readOnlyType } from "./read-only-type.ts";

/** A trail, to be read only: the sandbox's trails are made through CloudTrail itself. */
export const trailType = readOnlyType({
  name: "AWS::CloudTrail::Trail",
  identifier: "TrailName",
  readOnly: ["Arn", "SnsTopicArn"],
  service: {
    name: "cloudtrail",
    label: "CloudTrail",
    codes: { TrailNotFoundException: "NotFound", AccessDeniedException: "AccessDenied" },
  },
  read: async (name, ask) => {
    const { Trail: trail } = await ask("GetTrail", { Name: name }, trailAnswer);
    const { IsLogging } = await ask("GetTrailStatus", { Name: trail.TrailARN }, statusAnswer);
    const { EventSelectors } = await ask("GetEventSelectors", { TrailName: trail.TrailARN }, selectorsAnswer);
    return {
      TrailName: trail.Name,
      Arn: trail.TrailARN,
      S3BucketName: trail.S3BucketName,
      IsLogging,
      IsMultiRegionTrail: trail.IsMultiRegionTrail,
      IsOrganizationTrail: trail.IsOrganizationTrail,
      IncludeGlobalServiceEvents: trail.IncludeGlobalServiceEvents,
      EnableLogFileValidation: trail.LogFileValidationEnabled,
      EventSelectors,
      AdvancedEventSelectors: [],
      InsightSelectors: [],
      Tags: [],
    };
  },
});

const trailAnswer = z.object({
  Trail: z.object({
    Name: z.string(),
    TrailARN: z.string(),
    S3BucketName: z.string(),
    IsMultiRegionTrail: z.boolean(),
    IsOrganizationTrail: z.boolean(),
    IncludeGlobalServiceEvents: z.boolean(),
    LogFileValidationEnabled: z.boolean(),
  }),
});
const statusAnswer = z.object({ IsLogging: z.boolean() });
const selectorsAnswer = z.object({ EventSelectors: z.array(z.record(z.string(), z.unknown())) });
