import * as cloudTrail from "@aws-sdk/client-cloudtrail";
import * as identityStore from "@aws-sdk/client-identitystore";
import * as sqs from "@aws-sdk/client-sqs";
import * as ssoAdmin from "@aws-sdk/client-sso-admin";
import { expect } from "chai";
import { NormalizedSchema } from "@smithy/core/schema";
import { checkJsonTypes } from "../../../simulator/wire/json-types.ts";

const listUsers = NormalizedSchema.of(identityStore.ListUsersRequest$);
const lookupEvents = NormalizedSchema.of(cloudTrail.LookupEventsRequest$);
const createPermissionSet = NormalizedSchema.of(ssoAdmin.CreatePermissionSetRequest$);
const getUserId = NormalizedSchema.of(identityStore.GetUserIdRequest$);

const sendMessage = NormalizedSchema.of(sqs.SendMessageRequest$);
const attribute = (BinaryValue: unknown): unknown => ({
  MessageAttributes: { a: { DataType: "Binary", BinaryValue } },
});

describe("types of JSON requests", () => {
  it("lets through what has the model's types, what the model does not have, and null for what is left out", () => {
    const fitting: readonly (readonly [NormalizedSchema, unknown])[] = [
      [listUsers, { IdentityStoreId: "d-1", MaxResults: 5, Filters: [{ AttributePath: "a", AttributeValue: "b" }] }],
      [listUsers, { IdentityStoreId: null, Colour: { red: [1] } }],
      [lookupEvents, { StartTime: 1_700_000_000.5 }],
      [sendMessage, attribute("aGk=")],
      [getUserId, { AlternateIdentifier: { UniqueAttribute: { AttributeValue: [{ any: 1 }] } } }],
    ];
    for (const [schema, value] of fitting) checkJsonTypes(schema, value);
  });

  const misfits: readonly (readonly [NormalizedSchema, unknown, string])[] = [
    [listUsers, { IdentityStoreId: 5 }, "NUMBER_VALUE can not be converted to a String"],
    [listUsers, { IdentityStoreId: false }, "FALSE_VALUE can not be converted to a String"],
    [listUsers, { IdentityStoreId: { a: 1 } }, "Start of structure or map found where not expected."],
    [listUsers, { IdentityStoreId: ["x"] }, "Start of list found where not expected"],
    [listUsers, { MaxResults: "5" }, "STRING_VALUE can not be converted to an Integer"],
    [listUsers, { Filters: {} }, "Start of structure or map found where not expected."],
    [listUsers, { Filters: "x" }, "Unexpected STRING_VALUE found where a structure, map or list is expected."],
    [listUsers, [], "Start of list found where not expected"],
    [createPermissionSet, { Tags: [null] }, "Unexpected NULL_VALUE found where a structure, map or list is expected."],
    [createPermissionSet, { Tags: [{ Key: 1 }] }, "NUMBER_VALUE can not be converted to a String"],
    [lookupEvents, { StartTime: "yesterday" }, "STRING_VALUE can not be converted to a Timestamp"],
    [sendMessage, attribute("aGk"), "STRING_VALUE can not be converted to a Blob"],
    [sendMessage, attribute("a\u0000k="), "STRING_VALUE can not be converted to a Blob"],
    [lookupEvents, { StartTime: 1e300 }, "NUMBER_VALUE can not be converted to a Timestamp"],
  ];

  for (const [schema, value, message] of misfits) {
    it(`refuses ${JSON.stringify(value)}`, () => {
      expect(() => {
        checkJsonTypes(schema, value);
      })
        .to.throw(message)
        .with.property("code", "SerializationException");
    });
  }
});
