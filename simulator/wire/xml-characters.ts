/**
 * Control characters as references, which is how S3 answers a key that has them (docs/aws-behaviour.md, section 5). XML 1.0
 * does not have these references either: a strict parser refuses them, and `encoding-type=url` is there to be asked for.
 */
export function withReferences(xml: string): string {
  return xml.replace(controlCharacters, (character) => `&#x${character.charCodeAt(0).toString(16)};`);
}

const controlCharacters = /[\p{Cc}--[\t\n\r\x7f-\x9f]]/gv;
