import { expect } from "chai";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ScratchCheckout } from "./scratch-checkout.ts";

// Stands for Go: answers what the build asks, and "builds" programs that do nothing but tell a version.
const goThatBuilds = `
case "$1" in
  version) echo go version go1.26.0 linux/amd64 ;;
  list) case "$*" in *Dir*) cat "$HOME/go-module-folder" ;; *) echo v3.225.0 ;; esac ;;
  build)
    while [ "$1" != -o ]; do shift; done
    printf '#!/bin/sh\\necho v3.225.0\\n' > "$2"; chmod 755 "$2" ;;
esac`;

// Stands for get.pulumi.com/install.sh.
const installation = `
while [ "$1" != --install-root ]; do shift; done
mkdir -p "$2/bin"
printf '#!/bin/sh\\necho v3.270.0\\n' > "$2/bin/pulumi"
chmod 755 "$2/bin/pulumi"`;

describe("the Pulumi engine", function () {
  this.timeout(30_000);
  this.slow(3000);

  let checkout: ScratchCheckout;
  beforeEach(() => {
    checkout = new ScratchCheckout();
  });
  afterEach(() => {
    checkout.remove();
  });

  it("is the one on PATH where that will do", async () => {
    const folder = checkout.addPulumi("3.300.1");
    const { status, output } = await checkout.run("prepare.ts");
    expect(output).to.contain("set-up: Pulumi engine 3.300.1, path:");
    expect(status).to.equal(0);
    expect(chosen()).to.include({ folder, version: "3.300.1", source: "path" });
  });

  it("is chosen once, and again when the one on PATH is replaced", async () => {
    checkout.addPulumi("3.300.1");
    await checkout.run("prepare.ts");
    expect(await checkout.run("prepare.ts")).to.deep.equal({ status: 0, output: "" });
    checkout.addPulumi("3.300.12");
    await checkout.run("prepare.ts");
    expect(chosen()).to.include({ version: "3.300.12" });
  });

  it("is downloaded by the Automation API where none is on PATH", async () => {
    const { output } = await checkout.run("prepare.ts", { site: installation });
    expect(output).to.contain("(official download): done");
    expect(chosen()).to.include({ folder: join(checkout.local, "engine"), version: "3.270.0", source: "downloaded" });
  });

  it("is built where it cannot be downloaded", async () => {
    addGo(goThatBuilds);
    const { output } = await checkout.run("prepare.ts");
    expect(output).to.contain("built from Go modules (a few minutes, this once): done");
    expect(chosen()).to.include({ folder: join(checkout.local, "engine"), version: "3.225.0", source: "built" });
    expect(readdirSync(join(checkout.local, "engine"))).to.have.members([
      "made.json",
      "pulumi",
      "pulumi-language-nodejs",
      "pulumi-resource-pulumi-nodejs",
    ]);
  });

  it("made before is used again when one on PATH has come and gone", async () => {
    await checkout.run("prepare.ts", { site: installation });
    checkout.addPulumi("3.300.1");
    await checkout.run("prepare.ts");
    checkout.addPulumi("3.1.0");
    const { output } = await checkout.run("prepare.ts");
    expect(output).to.equal(`set-up: Pulumi engine 3.270.0, downloaded: ${join(checkout.local, "engine")}\n`);
  });

  it("is not taken from PATH when too old or incomplete, and the three ways to one are named", async () => {
    checkout.addPulumi("3.224.9");
    const tooOld = await checkout.run("prepare.ts");
    expect(tooOld.status).to.equal(1);
    expect(tooOld.output).to.match(
      /put Pulumi 3\.225\.0 or newer on PATH .*pulumi is 3\.224\.9, older than 3\.225\.0;/,
    );
    expect(tooOld.output).to.contain("download it from https://get.pulumi.com: it cannot be reached from here;");
    expect(tooOld.output).to.match(/put Go .* on PATH .*: there is no `go` on it\./);

    checkout.remove();
    checkout = new ScratchCheckout();
    checkout.addPulumi("3.300.1", ["pulumi-language-nodejs"]);
    const incomplete = await checkout.run("prepare.ts");
    expect(incomplete.output).to.contain("comes without pulumi-resource-pulumi-nodejs");
  });

  it("is never a half one: a build that fails leaves nothing behind but its log", async () => {
    addGo(goThatBuilds.replace("while", `case "$*" in *language*) echo no space left; exit 3 ;; esac; while`));
    const { status, output } = await checkout.run("prepare.ts");
    expect(status).to.equal(1);
    expect(output).to.contain("no space left");
    expect(readdirSync(checkout.local)).to.deep.equal(["logs"]);
  });

  it("is made anew after a set-up that was killed in the middle", async () => {
    addGo(goThatBuilds.replace("while", `case "$*" in *language*) kill -9 $PPID; exit ;; esac; while`));
    const killed = await checkout.run("prepare.ts");
    expect(killed.status).to.equal(null);
    expect(existsSync(join(checkout.local, "engine"))).to.equal(false);
    addGo(goThatBuilds);
    const { status } = await checkout.run("prepare.ts");
    expect(status).to.equal(0);
    expect(readdirSync(checkout.local)).to.have.members(["engine", "engine.json", "logs"]);
  });

  function addGo(script: string): void {
    checkout.addTool("go", script);
    const launcher = join(checkout.folder, "module", "nodejs", "dist");
    checkout.addFile(join(launcher, "pulumi-resource-pulumi-nodejs"), "#!/bin/sh\n");
    checkout.addFile(join(checkout.folder, "go-module-folder"), join(checkout.folder, "module"));
  }

  function chosen(): unknown {
    return JSON.parse(readFileSync(join(checkout.local, "engine.json"), "utf8"));
  }
});
