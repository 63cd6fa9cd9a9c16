import type {
  CreateAliasRequest,
  DeleteAliasRequest,
  ListAliasesRequest,
  ListAliasesResponse,
  UpdateAliasRequest,
} from "@aws-sdk/client-kms";
import { parseArn } from "#iam";
import { AwsFault } from "../../aws-fault.ts";
import type { KeyAlias } from "../../state/kms.ts";
import { checkConstraints } from "../json-refusals.ts";
import type { Call, Decoded, Operation, Requirement } from "../service.ts";
import { notFound } from "./faults.ts";
import { aliasArn } from "../../state/find-key.ts";
import { keyOf, keyRequirement, usableKey } from "./key-access.ts";
import { markerPage } from "./marker-page.ts";

const usualPage = 50;
const largestPage = 100;

export const createAlias: Operation<Decoded<CreateAliasRequest>, object> = {
  validate: checkName,
  requires: onAliasAndTarget,
  perform: (input, call) => {
    const arn = arnOf(input, call);
    if (call.state.keyAliases.has(arn)) {
      throw new AwsFault("AlreadyExistsException", `An alias with the name ${arn} already exists`);
    }
    const now = call.clock.now();
    const { arn: keyArn } = usableKey({ KeyId: input.TargetKeyId }, call);
    call.state.keyAliases.set(arn, { name: input.AliasName, arn, keyArn, created: now, updated: now });
    return {};
  },
};

export const updateAlias: Operation<Decoded<UpdateAliasRequest>, object> = {
  validate: checkName,
  requires: (input, call) => [
    ...onAliasAndTarget(input, call),
    keyRequirement(keyOf({ KeyId: existing(input, call).keyArn }, call), call),
  ],
  perform: (input, call) => {
    const alias = existing(input, call);
    alias.keyArn = usableKey({ KeyId: input.TargetKeyId }, call).arn;
    alias.updated = call.clock.now();
    return {};
  },
};

export const deleteAlias: Operation<Decoded<DeleteAliasRequest>, object> = {
  validate: checkName,
  requires: (input, call) => [
    { resource: arnOf(input, call) },
    keyRequirement(keyOf({ KeyId: existing(input, call).keyArn }, call), call),
  ],
  perform: (input, call) => {
    call.state.keyAliases.delete(existing(input, call).arn);
    return {};
  },
};

export const listAliases: Operation<ListAliasesRequest, ListAliasesResponse> = {
  validate: (input) => {
    checkConstraints(input, { Limit: { least: 1, most: largestPage } });
  },
  perform: (input, call) => {
    const ofKey = input.KeyId === undefined ? undefined : keyOf({ KeyId: input.KeyId }, call).arn;
    const prefix = aliasArn("alias/", { accountId: call.caller.accountId, region: call.region });
    const aliases = [...call.state.keyAliases.values()]
      .filter(({ arn, keyArn }) => arn.startsWith(prefix) && (ofKey === undefined || keyArn === ofKey))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
    const { items, more } = markerPage(aliases, input, call, usualPage);
    return {
      Aliases: items.map(({ name, arn, keyArn, created, updated }) => ({
        AliasName: name,
        AliasArn: arn,
        TargetKeyId: parseArn(keyArn)?.resource.replace("key/", ""),
        CreationDate: created,
        LastUpdatedDate: updated,
      })),
      ...more,
    };
  },
};

interface NamesAlias {
  readonly AliasName: string;
}

function checkName({ AliasName: name }: NamesAlias): void {
  if (!/^alias\/[a-zA-Z0-9/_-]+$/.test(name)) {
    throw new AwsFault(
      "InvalidAliasNameException",
      'Alias must start with the prefix "alias/". Please see http://docs.aws.amazon.com/kms/latest/developerguide/programming-aliases.html',
    );
  }
  if (name.startsWith("alias/aws/")) {
    throw new AwsFault("NotAuthorizedException", "Reserved alias prefix");
  }
}

function arnOf({ AliasName }: NamesAlias, { caller, region }: Call): string {
  return aliasArn(AliasName, { accountId: caller.accountId, region });
}

function existing(input: NamesAlias, call: Call): KeyAlias {
  const arn = arnOf(input, call);
  const alias = call.state.keyAliases.get(arn);
  if (!alias) throw notFound(`Alias ${arn} is not found.`);
  return alias;
}

/** AWS asks twice: the action on the alias, and on the key. */
function onAliasAndTarget(input: NamesAlias & { readonly TargetKeyId: string }, call: Call): readonly Requirement[] {
  return [{ resource: arnOf(input, call) }, keyRequirement(keyOf({ KeyId: input.TargetKeyId }, call), call)];
}
