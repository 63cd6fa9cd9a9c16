import type { ServiceModel } from "./service-model.ts";

/** How the SDK's XML serialisers are told about a service. The timestamp format 5 is the SDK's number for ISO 8601. */
export function xmlSettings(
  model: ServiceModel,
  { httpBindings }: { httpBindings: boolean },
): {
  timestampFormat: { useTrait: true; default: 5 };
  httpBindings: boolean;
  xmlNamespace: string;
  serviceNamespace: string;
} {
  return {
    timestampFormat: { useTrait: true, default: 5 },
    httpBindings,
    xmlNamespace: model.xmlNamespace,
    serviceNamespace: model.namespace,
  };
}
