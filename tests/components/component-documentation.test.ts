import { ComponentResource } from "@pulumi/pulumi";
import { expect } from "chai";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import * as components from "#components";

const room = join(import.meta.dirname, "..", "..", "components");
const declarations = readdirSync(room)
  .filter((file) => file.endsWith(".ts"))
  .flatMap((file) => [
    ...ts.createSourceFile(file, readFileSync(join(room, file), "utf8"), ts.ScriptTarget.Latest, true).statements,
  ]);

const classes = Object.entries(components)
  .filter(([, value]) => typeof value === "function" && value.prototype instanceof ComponentResource)
  .map(([name]) => name);

describe("the documentation of every component", () => {
  for (const name of classes) {
    it(`${name} says what it is for, with an example`, () => {
      const declaration = declarations.find((found) => ts.isClassDeclaration(found) && found.name?.text === name);
      expect(declaration && summaryOf(declaration)).to.be.a("string").that.is.not.empty;
      expect(declaration && tagsOf(declaration)).to.include("example");
    });

    it(`${name}Args says of each argument what it is, and its default or an example`, () => {
      const declaration = declarations.find(
        (found) => ts.isInterfaceDeclaration(found) && found.name.text === `${name}Args`,
      );
      if (declaration === undefined || !ts.isInterfaceDeclaration(declaration)) {
        throw new Error(`there is no interface ${name}Args`);
      }
      for (const member of declaration.members) {
        const argument = member.name?.getText() ?? "";
        expect(summaryOf(member), argument).to.be.a("string").that.is.not.empty;
        expect(tagsOf(member), argument).to.include(member.questionToken === undefined ? "example" : "default");
      }
    });
  }
});

function summaryOf(node: ts.Node): string | undefined {
  const [comment] = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc);
  return ts.getTextOfJSDocComment(comment?.comment)?.trim();
}

function tagsOf(node: ts.Node): readonly string[] {
  return ts.getJSDocTags(node).map(({ tagName }) => tagName.text);
}
