import { expect } from "chai";
import { RootAccessError } from "#root-access";
import { parseSettings } from "../../scenarios/settings.ts";

describe("the scenarios stack's configuration", () => {
  it("needs a Region and takes the rest from defaults", () => {
    expect(parseSettings({ "aws:region": "ap-northeast-2" })).to.deep.equal({
      region: "ap-northeast-2",
      breakGlassProfile: "break-glass",
    });
  });

  it("names the two profiles", () => {
    const values = {
      "aws:region": "us-gov-west-1",
      "aws:skipRegionValidation": "true",
      "aws:profile": "orders",
      "aws-break-glass-scenarios:breakGlassProfile": "emergency",
    };
    expect(parseSettings(values)).to.deep.equal({
      region: "us-gov-west-1",
      profile: "orders",
      breakGlassProfile: "emergency",
    });
  });

  const wrong = [
    { values: {}, says: "aws:region is not set" },
    { values: { "aws:region": "Seoul" }, says: "aws:region is not a Region" },
    { values: { "aws:region": "eu-west-1", "aws:profile": " " }, says: "aws:profile is empty" },
    {
      values: { "aws:region": "eu-west-1", "aws-break-glass-scenarios:breakGlassProfile": "" },
      says: "aws-break-glass-scenarios:breakGlassProfile is empty",
    },
    {
      values: { "aws:region": "eu-west-1", "aws:profile": "break-glass" },
      says: 'aws:profile and aws-break-glass-scenarios:breakGlassProfile are both "break-glass"',
    },
    {
      values: { "aws:region": "eu-west-1", "aws-break-glass-scenarios:breakGlassProfil": "emergency" },
      says: "aws-break-glass-scenarios:breakGlassProfil: there is no such setting",
    },
  ];
  for (const { values, says } of wrong) {
    it(`says: ${says}`, () => {
      expect(() => parseSettings(values)).to.throw(RootAccessError, says);
    });
  }

  it("names all keys that are wrong at once", () => {
    expect(() => parseSettings({ "aws:profile": "" })).to.throw(/aws:region .*aws:profile/);
  });
});
