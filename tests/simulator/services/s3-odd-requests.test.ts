import { expect } from "chai";
import { type SandboxOrganization, startSandboxOrganization } from "#simulator";
import { administrator } from "../clients.ts";
import { type Answer, send, signed, type Sketch } from "../wire-client.ts";

type Case = readonly [what: string, sketch: Sketch, status: number, code: string];

const put = (query: string, body = ""): Sketch => ({ method: "PUT", path: "/odd-bucket", query, body });
const onKey = (method: string, query: string, body = ""): Sketch => ({
  method,
  path: "/odd-bucket/key",
  query,
  body,
});
const tags = (tag: string): string => `<Tagging><TagSet><Tag>${tag}</Tag></TagSet></Tagging>`;
const blocks = (value: string): string =>
  `<PublicAccessBlockConfiguration><BlockPublicPolicy>${value}</BlockPublicPolicy></PublicAccessBlockConfiguration>`;

const pair = "<Key>a</Key><Value>b</Value>";
const tag = tags(pair);
const announced = "x-amz-sdk-checksum-algorithm";
const crc = "x-amz-checksum-crc32";
const checked = (headers: Sketch["headers"] = {}): Sketch => ({ ...onKey("PUT", "", "hello"), headers });

const refused: readonly Case[] = [
  ["deletes no object for a sub-resource that cannot be deleted", onKey("DELETE", "uploads"), 405, "MethodNotAllowed"],
  ["deletes no bucket for it either", { method: "DELETE", path: "/odd-bucket", query: "acl" }, 405, "MethodNotAllowed"],
  ["stores no part without its upload", onKey("PUT", "partNumber=1", "x"), 400, "InvalidArgument"],
  ["stores no upload without its part", onKey("PUT", "uploadId=1", "x"), 405, "MethodNotAllowed"],
  ["has two ways to list", { method: "GET", path: "/odd-bucket", query: "list-type=3" }, 400, "InvalidArgument"],
  ["takes no boolean that is none", put("publicAccessBlock", blocks("perhaps")), 400, "MalformedXML"],
  ["takes no boolean in a header that is none", lockedBucket("perhaps"), 400, "InvalidArgument"],
  ["takes no other document", put("publicAccessBlock", tags("<Key>a</Key><Value/>")), 400, "MalformedXML"],
  ["takes no tag without a value", put("tagging", tags("<Key>a</Key>")), 400, "MalformedXML"],
  ["takes no text for a structure", put("tagging", "<Tagging><TagSet>a</TagSet></Tagging>"), 400, "MalformedXML"],
  ["takes no document type", put("tagging", `<!DOCTYPE Tagging [<!ENTITY a "b">]>${tag}`), 400, "MalformedXML"],
  ["takes no document type behind a comment", put("tagging", `<!-- a --><!doctype x>${tag}`), 400, "MalformedXML"],
  ["takes no element that its schema does not have", put("tagging", tags(`${pair}<Colour/>`)), 400, "MalformedXML"],
  [
    "takes none beside a list's items either",
    put("tagging", tag.replace("<TagSet>", "<TagSet><Colour/>")),
    400,
    "MalformedXML",
  ],
  ["takes no text between elements", put("tagging", tags(`${pair}red`)), 400, "MalformedXML"],
  [
    "takes one checksum",
    checked({ "x-amz-checksum-crc32": "NhCmhg==", "x-amz-checksum-md5": "XUFAKrxLKna5cZ2REBfFkg==" }),
    400,
    "single x-amz-",
  ],
  ["takes no checksum of an algorithm that it does not have", checked({ [announced]: "CRC16" }), 400, announced],
  [
    "takes no checksum of another algorithm than announced",
    checked({ [announced]: "SHA1", [crc]: "NhCmhg==" }),
    400,
    announced,
  ],
  ["takes no announcement alone", checked({ [announced]: "CRC32" }), 400, "no corresponding x-amz-checksum-"],
  ["takes no checksum that is not in its one form", checked({ [crc]: "NhCmhh==" }), 400, `Value for ${crc}`],
  ["deletes nothing without a digest", deletion("<Object><Key>a</Key></Object>", {}), 400, "InvalidRequest"],
  [
    "deletes nothing without a key",
    deletion("<Object/>", { "content-md5": "32TlM9Pb/RBOz1KImdkkcQ==" }),
    400,
    "MalformedXML",
  ],
  [
    "answers no header that HTTP does not have",
    onKey("GET", `response-content-type=${encodeURIComponent("한국어")}`),
    400,
    "InvalidArgument",
  ],
  [
    "answers no header that would be two",
    onKey("GET", `response-content-disposition=${encodeURIComponent("a\r\nb: c")}`),
    400,
    "InvalidArgument",
  ],
];

function lockedBucket(value: string): Sketch {
  return { method: "PUT", path: "/odd-bucket-2", headers: { "x-amz-bucket-object-lock-enabled": value }, body: "" };
}

function deletion(objects: string, headers: Sketch["headers"] = {}): Sketch {
  return { method: "POST", path: "/odd-bucket", query: "delete", headers, body: `<Delete>${objects}</Delete>` };
}

describe("s3, asked as no SDK would ask", () => {
  let sandbox: SandboxOrganization;
  const ask = async (sketch: Sketch): Promise<Answer> =>
    send(await signed(administrator(sandbox, "orders", "us-east-1"), "s3", sketch));

  before(async () => {
    sandbox = await startSandboxOrganization();
    expect(await ask(put(""))).to.include({ status: 200 });
    expect(await ask(onKey("PUT", "", "hello"))).to.include({ status: 200 });
  });

  after(() => sandbox.close());

  for (const [what, sketch, status, code] of refused) {
    it(what, async () => {
      const answer = await ask(sketch);
      expect(answer.status, answer.body).to.equal(status);
      expect(answer.body).to.contain(code);
      expect(await ask(onKey("GET", ""))).to.include({ status: 200, body: "hello" });
    });
  }

  it("takes what an SDK says of its checksum in either case, and XML with a namespace and white space", async () => {
    expect(await ask(checked({ [announced]: "crc32", [crc]: "NhCmhg==" }))).to.include({ status: 200 });
    const indented = tag.replaceAll(/(?<=>)(?=<[/A-Z])(?!<\/(Key|Value)>)/g, " ");
    const spaced = `<?xml version="1.0"?> ${indented.replace("<Tagging>", '<Tagging xmlns="http://s3.amazonaws.com/doc/2006-03-01/">')}`;
    const keyOfSpace = tags("<Key> </Key><Value>a</Value>");
    expect(await ask(put("tagging", spaced)), spaced).to.include({ status: 200 });
    expect(await ask(put("tagging", keyOfSpace))).to.include({ status: 200 });
    expect((await ask({ method: "GET", path: "/odd-bucket", query: "tagging" })).body).to.contain("<Key> </Key>");
  });

  it("lists control characters as references, which XML 1.0 does not have, and percent-encoded on demand", async () => {
    expect(await ask({ method: "PUT", path: "/odd-bucket/bell%07%1f", body: "" })).to.include({ status: 200 });
    const list = (query: string): Promise<Answer> =>
      ask({ method: "GET", path: "/odd-bucket", query: `list-type=2&prefix=bell${query}` });
    expect((await list("")).body).to.contain("<Key>bell&#x7;&#x1f;</Key>");
    expect((await list("&encoding-type=url")).body).to.contain("<Key>bell%07%1F</Key>");
    const deleted = await ask({ method: "DELETE", path: "/odd-bucket/bell%07%1f" });
    expect(deleted).to.include({ status: 204 });
  });

  it("takes a sub-resource for what it is, whatever value it has", async () => {
    expect((await ask({ method: "GET", path: "/odd-bucket", query: "policy=x" })).body).to.contain(
      "<Code>NoSuchBucketPolicy</Code>",
    );
  });

  it("lists parts from a number only", async () => {
    const begun = await ask(onKey("POST", "uploads"));
    const id = /<UploadId>(.*)<\/UploadId>/.exec(begun.body)?.[1] ?? "";
    const answer = await ask(onKey("GET", `uploadId=${id}&part-number-marker=x`));
    expect(answer.status).to.equal(400);
    expect(answer.body).to.contain("<ArgumentName>part-number-marker</ArgumentName>");
  });

  it("puts no parts together that are not named by number and tag", async () => {
    const begun = await ask(onKey("POST", "uploads"));
    const id = /<UploadId>(.*)<\/UploadId>/.exec(begun.body)?.[1] ?? "";
    for (const part of ["<PartNumber>1</PartNumber>", "<ETag>x</ETag>", "<PartNumber>x</PartNumber><ETag>x</ETag>"]) {
      const body = `<CompleteMultipartUpload><Part>${part}</Part></CompleteMultipartUpload>`;
      const answer = await ask(onKey("POST", `uploadId=${id}`, body));
      expect(answer.status, part).to.equal(400);
      expect(answer.body).to.contain("<Code>MalformedXML</Code>");
    }
  });
});
