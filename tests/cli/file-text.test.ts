import { expect } from "chai";
import { gzipSync } from "node:zlib";
import { textIn } from "../../cli/file-text.ts";

describe("a file's text", () => {
  const text = '{"Sid":"주문"}';
  const utf16 = Buffer.from(`\uFEFF${text}`, "utf16le");
  const forms: readonly (readonly [string, Buffer])[] = [
    ["UTF-8", Buffer.from(text)],
    ["UTF-8 with a byte order mark", Buffer.from(`\uFEFF${text}`)],
    ["UTF-16 of PowerShell", utf16],
    ["UTF-16, the high byte first", Buffer.from(utf16).swap16()],
    ["gzip, as CloudTrail writes it", gzipSync(text)],
  ];
  for (const [form, bytes] of forms) {
    it(`is read from ${form}`, async () => {
      expect(await textIn(bytes)).to.equal(text);
    });
  }

  const unreadable: readonly (readonly [string, Buffer, string])[] = [
    ["is half there", gzipSync(text).subarray(0, 20), "unexpected end of file"],
    ["is binary", Buffer.from([0x50, 0x4b, 0, 3]), "it holds binary data and no text"],
    ["would fill the memory", gzipSync(Buffer.alloc(257 * 1024 * 1024)), "it is larger than 256 MiB, unpacked"],
  ];
  for (const [how, bytes, sentence] of unreadable) {
    it(`is not taken from what ${how}`, async () => {
      const said = await textIn(bytes).catch((error: unknown) => (error instanceof Error ? error.message : ""));
      expect(said).to.include(sentence);
    });
  }
});
