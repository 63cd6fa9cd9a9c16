import fc from "fast-check";
import { sandboxAccounts } from "#simulator";
import type { OperationModel } from "../../simulator/wire/service-model.ts";
import { homeRegion, identityStoreId, instanceArn } from "../simulator/identity-center.ts";
import { arbitraryMembers } from "../simulator/wire/arbitrary-shape.ts";
import type { Members } from "../simulator/wire/comparable.ts";
import { reference } from "./memory.ts";
import { nested } from "./nested-texts.ts";

/**
 * Inputs of an operation: whatever its schema allows, with some members left out, some replaced by what gets past the
 * first checks, and some by what hardly anything expects.
 */
export function plausibleInput(operation: OperationModel): fc.Arbitrary<Members> {
  return fc
    .record({
      drawn: arbitraryMembers(operation.input),
      choices: fc.array(fc.record({ what: fc.nat(19), which: fc.nat(999) }), { minLength: 30, maxLength: 30 }),
    })
    .map(({ drawn, choices }) => {
      let next = 0;
      const choose = (): Choice => choices[next++ % choices.length] ?? { what: 0, which: 0 };
      return rework(drawn, operation.required, choose);
    });
}

interface Choice {
  readonly what: number;
  readonly which: number;
}

function rework(members: Members, required: readonly string[], choose: () => Choice): Members {
  const reworked = Object.entries(members).flatMap(([name, value]) => {
    const { what, which } = choose();
    const leftOut = what < (required.includes(name) ? 1 : /Checksum|MD5/.test(name) ? 19 : 13);
    return leftOut ? [] : [[name, reworkValue(name, value, which, choose)] as const];
  });
  return Object.fromEntries(reworked);
}

function reworkValue(name: string, value: unknown, which: number, choose: () => Choice): unknown {
  if (Array.isArray(value)) return value.map((one) => reworkValue(name, one, choose().which, choose));
  if (typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype) {
    return isMap(value) ? reworkMap(name, value, choose) : rework({ ...value }, [], choose);
  }
  if (typeof value === "number") return which % 3 === 0 ? value : (numbers[which % numbers.length] ?? value);
  return typeof value === "string" ? reworkText(name, value, which) : value;
}

function reworkText(name: string, drawn: string, which: number): string {
  if (which % 24 === 0) return hostile[which % hostile.length] ?? drawn;
  if (which % 24 === 2) return readAsJson.test(name) ? nestedText(which) : drawn;
  if (which % 24 === 1) return drawn;
  const fitting = plausible.find(([pattern]) => pattern.test(name))?.[1];
  const known = fitting ?? anything;
  const chosen = known[which % known.length] ?? drawn;
  return which % 12 < (fitting ? 5 : 9) ? reference(which, chosen) : chosen;
}

/** Maps are drawn with the keys k1 and k2 (tests/simulator/wire/arbitrary-shape.ts). */
function isMap(value: object): boolean {
  return Object.keys(value).every((key) => /^k\d$/.test(key));
}

function reworkMap(name: string, map: object, choose: () => Choice): Members {
  const keys = /Attributes$/.test(name) ? attributes : ["team", "k"];
  const entries = Object.values(map).map((value) => {
    const key = keys[choose().which % keys.length] ?? "k";
    return [key, reworkValue(key, value, choose().which, choose)] as const;
  });
  return Object.fromEntries(entries);
}

const numbers = [0, 1, 2, 10, 100, 900, 901, 3600, -1];
const hostile = [
  "",
  " ",
  "__proto__",
  "constructor",
  "a".repeat(3000),
  "\u0000",
  "${x}",
  "../..",
  "한국어",
  "*",
  "null",
];

/** Members whose text somebody reads as JSON, at once or when it is delivered. */
const readAsJson =
  /Pattern$|^Event$|Message|Input|Path$|Policy|Document|Content$|State$|AttributeValue|^CloudTrailEvent$/;

function nestedText(which: number): string {
  const openings = ["[", '{"a":', '{"detail":', '{"Statement":[', '{"$or":[{"b":["x"]},'];
  const depths = [20, 800, 20_000, 50_000];
  return nested(openings[which % openings.length] ?? "[", depths[which % depths.length] ?? 0, which % 3 > 0);
}

const attributes = [
  "Policy",
  "VisibilityTimeout",
  "DelaySeconds",
  "MaximumMessageSize",
  "DisplayName",
  "RedrivePolicy",
  "FilterPolicy",
  "FilterPolicyScope",
];
const accounts = Object.values(sandboxAccounts);
const policy = '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*"}}';
const policies = [
  policy,
  '{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Principal":"*","Action":"*","Resource":"arn:aws:s3:::fuzz-bucket"}]}',
  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"*"},"Action":"sts:AssumeRole"}]}',
  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"a:b","Resource":"*","Condition":{"Never":{"a:b":"c"}}}]}',
  "{}",
  "[",
];
const anything = ["fuzz", "fuzz-2", "true", "1", "/", "arn:aws:iam::333333333333:root", ...accounts];

/** What members of such names are likely to mean. */
const plausible: readonly (readonly [RegExp, readonly string[]])[] = [
  [/Policy(Document)?$|^Content$|InlinePolicy/, policies],
  [
    /TaskPolicyArn|^arn$/,
    ["S3UnlockBucketPolicy", "SQSUnlockQueuePolicy"].map((task) => `arn:aws:iam::aws:policy/root-task/${task}`),
  ],
  [/PolicyArn/, ["arn:aws:iam::aws:policy/AdministratorAccess", "arn:aws:iam::aws:policy/None"]],
  [/TargetPrincipal/, [...accounts, "arn:aws:iam::333333333333:root"]],
  [/RoleArn/, ["arn:aws:iam::333333333333:role/fuzz", "arn:aws:iam::333333333333:role/none"]],
  [/PermissionSetArn/, [`${instanceArn.replace("instance", "permissionSet")}/ps-0000000000000000`]],
  [/InstanceArn/, [instanceArn]],
  [/IdentityStoreId/, [identityStoreId]],
  [/ServicePrincipal/, ["iam.amazonaws.com", "sso.amazonaws.com", "nobody.amazonaws.com"]],
  [/PolicyId/, ["p-FullAWSAccess", "p-00000000"]],
  [/PolicyType|^Filter$/, ["SERVICE_CONTROL_POLICY", "RESOURCE_CONTROL_POLICY"]],
  [/(Account|Target|Child|Parent|Root|Resource)Id$/, [...accounts, "r-sbox", "ou-sbox-workloads"]],
  [/PrincipalType|TargetType/, ["USER", "GROUP", "AWS_ACCOUNT"]],
  [/TypeName/, ["AWS::SSO::PermissionSet", "AWS::SSO::Assignment", "AWS::S3::Bucket"]],
  [/DesiredState/, [`{"InstanceArn":"${instanceArn}","Name":"fuzz"}`, "{}", "[]"]],
  [
    /PatchDocument/,
    ['[{"op":"replace","path":"/Description","value":"x"}]', '[{"op":"remove","path":"/__proto__"}]', "{}"],
  ],
  [/^Bucket$/, ["fuzz-bucket", "fuzz-bucket", "fuzz-bucket-2"]],
  [/^(Key|Prefix|StartAfter)$/, ["fuzz/key", "fuzz", "key 1+ü", "a/../b"]],
  [/LocationConstraint|RegionName|Region/, ["ap-northeast-2", homeRegion]],
  [/UploadId/, ["fuzz"]],
  [/QueueUrl/, ["http://127.0.0.1/333333333333/fuzz-queue", "http://127.0.0.1/111111111111/fuzz-queue", "nowhere"]],
  [/QueueName/, ["fuzz-queue", "fuzz-queue.fifo"]],
  [/(User|Role|Group)Name$|^Name$/, ["fuzz", "fuzz-2", "alice"]],
  [/EventPattern$|FilterPolicy$/, ['{"source":["aws.sts"]}', '{"detail":{"eventName":[{"prefix":"Assume"}]}}', "{}"]],
  [/FilterPolicyScope/, ["MessageBody", "MessageAttributes"]],
  [
    /^Event$/,
    ['{"id":"1","account":"1","source":"aws.sts","time":"","region":"","resources":[],"detail-type":""}', "[]"],
  ],
  [/InputPath$/, ["$.detail", "$", "$.a.b"]],
  [/InputTemplate/, ['"<aws.events.event>"', "<a>", '{"a":<a>}']],
  [/Protocol/, ["sqs", "email", "sms"]],
  [/^Endpoint$/, ["arn:aws:sqs:ap-northeast-2:333333333333:fuzz-queue", "somebody@example.com"]],
  [/AttributeNames?$/, ["All", "Policy", "QueueArn", "SentTimestamp"]],
  [/VisibilityTimeout|DelaySeconds|MaximumMessageSize/, ["0", "30", "1024", "-1", "x"]],
  [/^(Target)?KeyId$/, ["alias/fuzz", "alias/aws/sns"]],
  [/AliasName/, ["alias/fuzz", "alias/aws/fuzz", "fuzz"]],
  [/SessionDuration/, ["PT1H", "PT12H", "P1Y", "PT"]],
  [/Token$|Marker$/, ["", "AAAA", "2", "fuzz"]],
];
