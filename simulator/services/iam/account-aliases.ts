import type {
  CreateAccountAliasRequest,
  DeleteAccountAliasRequest,
  ListAccountAliasesRequest,
  ListAccountAliasesResponse,
} from "@aws-sdk/client-iam";
import { checkParameters } from "../query-refusals.ts";
import type { Call, Decoded, Operation } from "../service.ts";
import { alreadyExists, noSuchEntity } from "./faults.ts";
import { iamOfCaller } from "./identities.ts";
import { markerPage } from "./marker-page.ts";

/** An account has one alias; a new one takes the old one's place. No two accounts have the same. */
export const createAccountAlias: Operation<Decoded<CreateAccountAliasRequest>, object> = {
  validate: (input) => {
    checkParameters(input, { AccountAlias: { pattern: /^[a-z0-9]([a-z0-9]|-(?!-)){1,61}[a-z0-9]$/ } });
  },
  perform: ({ AccountAlias }, call) => {
    if (isTaken(AccountAlias, call)) throw alreadyExists(`The account alias ${AccountAlias} already exists.`);
    const { aliases } = iamOfCaller(call);
    aliases.clear();
    aliases.add(AccountAlias);
    return {};
  },
};

export const deleteAccountAlias: Operation<Decoded<DeleteAccountAliasRequest>, object> = {
  perform: ({ AccountAlias }, call) => {
    if (iamOfCaller(call).aliases.delete(AccountAlias)) return {};
    throw noSuchEntity(`The account alias ${AccountAlias} cannot be found.`);
  },
};

export const listAccountAliases: Operation<ListAccountAliasesRequest, ListAccountAliasesResponse> = {
  perform: (input, call) => {
    const { items, position } = markerPage([...iamOfCaller(call).aliases], input, call);
    return { AccountAliases: [...items], ...position };
  },
};

function isTaken(alias: string, { state, caller }: Call): boolean {
  return [...state.iam].some(([accountId, { aliases }]) => accountId !== caller.accountId && aliases.has(alias));
}
