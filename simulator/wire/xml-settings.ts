import type { ServiceModel } from "./service-model.ts";

/** How the SDK's XML serialisers are told about a service. The timestamp format 5 is the SDK's number for ISO 8601. */
export interface XmlSettings {
  readonly timestampFormat: { useTrait: true; default: 5 };
  readonly httpBindings: boolean;
  readonly xmlNamespace: string;
  readonly serviceNamespace: string;
}

export function xmlSettings(model: ServiceModel, { httpBindings }: { httpBindings: boolean }): XmlSettings {
  return {
    timestampFormat: { useTrait: true, default: 5 },
    httpBindings,
    xmlNamespace: model.xmlNamespace,
    serviceNamespace: model.namespace,
  };
}
