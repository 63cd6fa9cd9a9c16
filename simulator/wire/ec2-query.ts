import { XmlShapeDeserializer, XmlShapeSerializer } from "@aws-sdk/core/protocols";
import { NormalizedSchema } from "@smithy/core/schema";
import type { $SchemaRef, StaticStructureSchema } from "@smithy/types";
import { readForm, speaksVersion } from "./aws-query.ts";
import { type FormTree, formTree } from "./form-tree.ts";
import { checkFormTypes } from "./form-types.ts";
import { type ServiceModel, structure } from "./service-model.ts";
import { unroutableAnswer } from "./unroutable.ts";
import type { Protocol } from "./wire.ts";
import { xmlSettings } from "./xml-settings.ts";

/** EC2: a form like that of the query protocol with flat lists and names of its own, XML without a result element. */
export function ec2Query(model: ServiceModel): Protocol {
  const settings = xmlSettings(model, { httpBindings: false });
  const reader = new XmlShapeDeserializer(settings);

  return {
    decode: (request) => {
      const form = readForm(request);
      const operation = model.operations.get(form.get("Action") ?? "");
      if (!operation || !speaksVersion(form, model)) return Promise.resolve(undefined);
      if (operation.input.isUnitSchema()) return Promise.resolve({ operation: operation.name, input: {} });
      const tree = asXmlTree(operation.input, formTree(form));
      checkFormTypes(operation.input, tree);
      const input: unknown = reader.readSchema(operation.input, tree);
      return Promise.resolve({ operation: operation.name, input: { ...(input as object) } });
    },

    encode: (name, output, requestId) => {
      const operation = model.operations.get(name);
      const members: (readonly [string, $SchemaRef])[] =
        !operation || operation.output.isUnitSchema() ? [] : [...operation.output.structIterator()];
      const envelope = structure(`${name}Response`, [["requestId", 0], ...members]);
      return respond(200, write(envelope, { requestId, ...output }), requestId);
    },

    fail: (fault, requestId) => {
      const unrouted = unroutableAnswer(fault, requestId);
      if (unrouted) return unrouted;
      const errors = { Error: { Code: fault.code, Message: fault.message } };
      return respond(fault.status, write(errorResponse, { Errors: errors, RequestID: requestId }), requestId);
    },
  };

  function write(schema: StaticStructureSchema, value: object): string {
    const writer = new XmlShapeSerializer(settings);
    writer.write(schema, value);
    return `<?xml version="1.0" encoding="UTF-8"?>\n${String(writer.flush())}`;
  }
}

const errorResponse = structure("Response", [
  [
    "Errors",
    structure("Errors", [
      [
        "Error",
        structure("Error", [
          ["Code", 0],
          ["Message", 0],
        ]),
      ],
    ]),
  ],
  ["RequestID", 0],
]);

function respond(statusCode: number, body: string, requestId: string): ReturnType<Protocol["fail"]> {
  return { statusCode, headers: { "content-type": "text/xml;charset=UTF-8", "x-amzn-requestid": requestId }, body };
}

/**
 * Gives a form's members the names and lists the nesting that the same request would have in XML: on the form a member
 * has its EC2 name or its XML name with a capital letter, and a list's items stand right below it.
 */
function asXmlTree(schema: NormalizedSchema, tree: FormTree): FormTree {
  if (typeof tree === "string") return tree;
  if (schema.isListSchema()) return asXmlList(schema, tree);
  if (!schema.isStructSchema() || isList(tree)) return tree;
  const members = [...schema.structIterator()].flatMap(([name, member]) => {
    const given = formMember(tree, name, member);
    const xmlName = member.getMemberTraits().xmlName ?? name;
    return given === undefined ? [] : [[xmlName, asXmlTree(member, given)] as const];
  });
  return Object.fromEntries(members);
}

function asXmlList(schema: NormalizedSchema, tree: Exclude<FormTree, string>): FormTree {
  const member = NormalizedSchema.of(schema.getValueSchema());
  if (!isList(tree)) return tree;
  const items = tree.map((item) => asXmlTree(member, item));
  return schema.getMergedTraits().xmlFlattened ? items : { [member.getMergedTraits().xmlName ?? "member"]: items };
}

function formMember(
  tree: { readonly [name: string]: FormTree },
  name: string,
  member: NormalizedSchema,
): FormTree | undefined {
  const { ec2QueryName, xmlName = name } = member.getMergedTraits();
  const formName =
    typeof ec2QueryName === "string" ? ec2QueryName : `${xmlName.charAt(0).toUpperCase()}${xmlName.slice(1)}`;
  return Object.hasOwn(tree, formName) ? tree[formName] : undefined;
}

function isList(tree: Exclude<FormTree, string>): tree is readonly FormTree[] {
  return Array.isArray(tree);
}
