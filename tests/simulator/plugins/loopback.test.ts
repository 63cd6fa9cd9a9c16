import { expect } from "chai";
import { NotLoopback, requireLoopback } from "../../../simulator/plugins/session/loopback.ts";

const sandbox = "http://127.0.0.1:4566";

describe("a stand-in plugin", () => {
  for (const url of [sandbox, "http://localhost:4566", "http://[::1]:4566"]) {
    it(`works against ${url}`, () => {
      expect(() => {
        requireLoopback({ AWS_ENDPOINT_URL: url }, { s3: url });
      }).not.to.throw();
    });
  }

  const refused: readonly [string, Record<string, string>, Record<string, string>][] = [
    ["no endpoint at all", {}, {}],
    ["AWS", { AWS_ENDPOINT_URL: "https://s3.ap-northeast-2.amazonaws.com" }, {}],
    ["a name that only starts like this machine", { AWS_ENDPOINT_URL: "http://127.0.0.1.example.com" }, {}],
    ["this machine as a user name", { AWS_ENDPOINT_URL: "http://127.0.0.1@example.com" }, {}],
    ["no URL", { AWS_ENDPOINT_URL: "127.0.0.1:4566" }, {}],
    ["AWS for one service", { AWS_ENDPOINT_URL: sandbox, AWS_ENDPOINT_URL_STS: "https://sts.amazonaws.com" }, {}],
    ["AWS in the provider's endpoints", { AWS_ENDPOINT_URL: sandbox }, { s3: "https://s3.amazonaws.com" }],
    [
      "endpoints that are to be ignored",
      { AWS_ENDPOINT_URL: sandbox, AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: "true" },
      {},
    ],
  ];
  for (const [what, environment, endpoints] of refused) {
    it(`refuses ${what}`, () => {
      expect(() => {
        requireLoopback(environment, endpoints);
      }).to.throw(NotLoopback, "works only with a sandbox on this machine");
    });
  }
});
