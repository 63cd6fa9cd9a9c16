import { expect } from "chai";
import { execFileSync } from "node:child_process";
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { commentMark } from "../../cli/change/change-text.ts";

const checkout = join(import.meta.dirname, "..", "..");
const folder = join(checkout, ".github", "workflows");

const stepSchema = z.object({
  name: z.string().optional(),
  uses: z.string().optional(),
  run: z.string().optional(),
  with: z.record(z.string(), z.unknown()).optional(),
});
const jobSchema = z.object({
  permissions: z.record(z.string(), z.enum(["read", "write"])),
  environment: z.string().optional(),
  "timeout-minutes": z.number(),
  steps: z.array(stepSchema),
});
const workflowSchema = z.object({
  name: z.string(),
  on: z.record(z.string(), z.unknown()),
  permissions: z.strictObject({}),
  jobs: z.record(z.string(), jobSchema),
});

const workflows = readdirSync(folder).map((file) => {
  const text = readFileSync(join(folder, file), "utf8");
  return { file, text, workflow: workflowSchema.parse(parse(text)) };
});
const jobs = workflows.flatMap(({ file, workflow }) =>
  Object.entries(workflow.jobs).map(([name, job]) => ({ where: `${file}: ${name}`, job })),
);
const { scripts } = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync(join(checkout, "package.json"), "utf8")));

describe("the workflows", () => {
  it("are the three that the guide describes, with no permission but what a job asks for", () => {
    expect(workflows.map(({ file }) => file)).to.have.members(["test.yml", "preview.yml", "deploy.yml"]);
  });

  it("never run a pull request's code with the base branch's secrets", () => {
    for (const { file, workflow } of workflows) {
      expect(Object.keys(workflow.on), file).to.not.include.members(["pull_request_target"]);
      expect(Object.keys(workflow.on), file).to.not.include.members(["workflow_run"]);
    }
  });

  it("name every action by its commit, with the version beside it", () => {
    const uses = workflows.flatMap(({ text }) =>
      [...text.matchAll(/^\s*(?:- )?uses: (.*)$/gm)].map(([, action]) => action),
    );
    expect(uses).to.not.be.empty;
    for (const action of uses) expect(action).to.match(/^[\w-]+\/[\w-]+@[\da-f]{40} # v\d+\.\d+\.\d+$/);
  });

  it("leave no token behind for the code that they check out", () => {
    for (const { where, job } of jobs) {
      for (const { uses, with: inputs } of job.steps.filter((step) => step.uses?.startsWith("actions/checkout@"))) {
        expect(inputs, `${where}: ${String(uses)}`).to.have.property("persist-credentials", false);
      }
    }
  });

  it("run no code of the repository in a job whose token can write", () => {
    const writing = jobs.filter(({ job }) =>
      Object.entries(job.permissions).some(([scope, access]) => access === "write" && scope !== "id-token"),
    );
    expect(writing.map(({ where }) => where)).to.deep.equal(["preview.yml: comment"]);
    for (const { where, job } of writing) {
      expect(
        job.steps.some(({ uses }) => uses?.startsWith("actions/checkout@")),
        where,
      ).to.equal(false);
    }
  });

  it("reach AWS only inside an environment, where somebody can be asked first", () => {
    const environments = jobs
      .filter(({ job }) => job.permissions["id-token"] === "write")
      .map(({ where, job }) => [where, job.environment]);
    expect(environments).to.have.deep.members([
      ["preview.yml: stack", "organization-preview"],
      ["deploy.yml: up", "organization"],
    ]);
  });

  it("put nothing that somebody else can write into a shell's text", () => {
    for (const { where, job } of jobs) {
      for (const { run } of job.steps) expect(run ?? "", where).to.not.include("${{");
    }
  });

  it("run scripts that package.json has", () => {
    const run = jobs.flatMap(({ job }) => job.steps.map((step) => step.run ?? "")).join("\n");
    const called = [...run.matchAll(/(?<=npm run )[\w:-]+/g)].map(([script]) => script);
    expect(called).to.have.members(["preview:change", "preview:change", "deploy:stack"]);
    expect(scripts).to.include.all.keys(...called, "start", "test");
  });
});

describe("the comment on a pull request", () => {
  const script =
    jobs.find(({ where }) => where === "preview.yml: comment")?.job.steps.find(({ run }) => run)?.run ?? "";

  it("is found again by the mark that the text begins with", () => {
    expect(script).to.include(`startswith("${commentMark}")`);
  });

  const cases = [
    { found: "", sent: "--method POST repos/owner/kit/issues/7/comments" },
    { found: "42\n43", sent: "--method PATCH repos/owner/kit/issues/comments/42" },
  ];
  for (const { found, sent } of cases) {
    it(`is ${found === "" ? "written when there is none" : "updated when there is one, the first of them"}`, () => {
      const place = mkdtempSync(join(tmpdir(), "break-glass-comment-"));
      try {
        // In place of GitHub's client: answers the list of comments, and writes down what it is told to send.
        const gh = `#!/bin/sh\ncase "$*" in *--paginate*) printf '%s' '${found}';; *) echo "$@" >> sent;; esac\n`;
        writeFileSync(join(place, "gh"), gh);
        chmodSync(join(place, "gh"), 0o755);
        const env = { PATH: [place, process.env["PATH"]].join(delimiter), GITHUB_REPOSITORY: "owner/kit", NUMBER: "7" };
        execFileSync("bash", ["--norc", "-c", script], { cwd: place, env });
        expect(readFileSync(join(place, "sent"), "utf8").trim().split("\n")).to.deep.equal([
          `api --silent ${sent} --field body=@change.md`,
        ]);
      } finally {
        rmSync(place, { recursive: true });
      }
    });
  }
});
