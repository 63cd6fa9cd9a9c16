import type { ElementTrace } from "./authorization.ts";
import { actionTest } from "./action-test.ts";
import { conditionTest } from "./condition-test.ts";
import type { Circumstances, ElementTest } from "./element-test.ts";
import type { PolicyDocument, PolicyVersion, Statement } from "./policy-document.ts";
import type { NamedAs } from "./principal-match.ts";
import { callerNamedBy, principalTest } from "./principal-test.ts";
import { resourceTest } from "./resource-test.ts";
import { statementNames } from "./statement-name.ts";

/** A statement made ready for many requests. */
export interface CompiledStatement {
  readonly name: string;
  readonly effect: "Allow" | "Deny";
  /** @returns as whom the caller is named, `undefined` when the statement does not apply */
  readonly match: (circumstances: Circumstances) => NamedAs | undefined;
  readonly explain: (circumstances: Circumstances) => readonly ElementTrace[];
}

/** @returns the document's statements, made ready once however often it is evaluated */
export function compiledStatements(document: PolicyDocument): readonly CompiledStatement[] {
  const known = compiled.get(document);
  if (known) return known;
  const names = statementNames(document.statements.map(({ sid }) => sid));
  const statements = document.statements.map((statement, index) =>
    compile(statement, names[index] ?? "", document.version),
  );
  compiled.set(document, statements);
  return statements;
}

const compiled = new WeakMap<PolicyDocument, readonly CompiledStatement[]>();

function compile(statement: Statement, name: string, version: PolicyVersion): CompiledStatement {
  const tests: readonly ElementTest[] = [
    actionTest(statement),
    resourceTest(statement, version),
    principalTest(statement),
    ...statement.conditions.map((condition) => conditionTest(condition, version)),
  ].filter((test) => test !== undefined);
  return {
    name,
    effect: statement.effect,
    match: (circumstances) =>
      tests.every(({ holds }) => holds(circumstances)) ? callerNamedBy(statement, circumstances) : undefined,
    explain: (circumstances) =>
      tests.map(({ element, holds, explain }) => ({
        element,
        matched: holds(circumstances),
        because: explain(circumstances),
      })),
  };
}
