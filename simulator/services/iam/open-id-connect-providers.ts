import type {
  CreateOpenIDConnectProviderRequest,
  CreateOpenIDConnectProviderResponse,
  DeleteOpenIDConnectProviderRequest,
  GetOpenIDConnectProviderRequest,
  GetOpenIDConnectProviderResponse,
  ListOpenIDConnectProvidersRequest,
  ListOpenIDConnectProvidersResponse,
} from "@aws-sdk/client-iam";
import type { OpenIdConnectProvider } from "../../state/iam.ts";
import { validationError } from "../query-refusals.ts";
import type { Decoded, Operation } from "../service.ts";
import { alreadyExists, noSuchEntity } from "./faults.ts";
import { iamOfCaller } from "./identities.ts";
import { addTags, tagList } from "./tags.ts";

/** Where no thumbprints are given, AWS asks the identity provider for its own; nothing here leaves this machine, so there are none. */
export const createOpenIDConnectProvider: Operation<
  Decoded<CreateOpenIDConnectProviderRequest>,
  CreateOpenIDConnectProviderResponse
> = {
  validate: ({ Url }) => {
    if (!/^https:\/\/[\w.-]+(\/[\w./-]*)?$/.test(Url)) throw validationError("Invalid Open ID Connect Provider URL");
  },
  requires: ({ Url }, { caller }) => [{ resource: providerArn(caller.accountId, Url) }],
  perform: ({ Url, ClientIDList, ThumbprintList, Tags }, call) => {
    const arn = providerArn(call.caller.accountId, Url);
    const { openIdConnectProviders: providers } = iamOfCaller(call);
    if (providers.has(arn)) throw alreadyExists(`Provider with url ${Url} already exists.`);
    const provider: OpenIdConnectProvider = {
      host: hostOf(Url),
      clientIds: ClientIDList ?? [],
      thumbprints: ThumbprintList ?? [],
      created: call.clock.now(),
      tags: new Map(),
    };
    addTags(provider.tags, Tags);
    providers.set(arn, provider);
    return { OpenIDConnectProviderArn: arn, Tags: tagList(provider.tags) };
  },
};

export const getOpenIDConnectProvider: Operation<
  Decoded<GetOpenIDConnectProviderRequest>,
  GetOpenIDConnectProviderResponse
> = {
  requires: ({ OpenIDConnectProviderArn }) => [{ resource: OpenIDConnectProviderArn }],
  perform: ({ OpenIDConnectProviderArn: arn }, call) => {
    const provider = iamOfCaller(call).openIdConnectProviders.get(arn);
    if (!provider) throw noSuchEntity(`OpenIDConnect Provider not found for arn ${arn}`);
    return {
      Url: provider.host,
      ClientIDList: [...provider.clientIds],
      ThumbprintList: [...provider.thumbprints],
      CreateDate: provider.created,
      Tags: tagList(provider.tags),
    };
  },
};

export const listOpenIDConnectProviders: Operation<
  ListOpenIDConnectProvidersRequest,
  ListOpenIDConnectProvidersResponse
> = {
  requires: (_input, { caller }) => [{ resource: providerArn(caller.accountId, "https://") }],
  perform: (_input, call) => ({
    OpenIDConnectProviderList: [...iamOfCaller(call).openIdConnectProviders.keys()].map((Arn) => ({ Arn })),
  }),
};

/** One that is not there is no error. */
export const deleteOpenIDConnectProvider: Operation<Decoded<DeleteOpenIDConnectProviderRequest>, object> = {
  requires: ({ OpenIDConnectProviderArn }) => [{ resource: OpenIDConnectProviderArn }],
  perform: ({ OpenIDConnectProviderArn }, call) => {
    iamOfCaller(call).openIdConnectProviders.delete(OpenIDConnectProviderArn);
    return {};
  },
};

function providerArn(accountId: string, url: string): string {
  return `arn:aws:iam::${accountId}:oidc-provider/${hostOf(url)}`;
}

/** A provider is known by its URL without the scheme. */
function hostOf(url: string): string {
  return url.replace(/^https:\/\//, "");
}
