// glif export as its user meets it: targets, folders, what is overwritten, JSON, settings.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { folderWith, glif, LIF } from "./helpers.ts";

const NETWORK = `${LIF}
synapse Jump { weight w : mV; on pre { post.V <- post.V + w } }
network Net {
  param n = 10
  population E = n LIF { V ~ uniform(-70 mV, -50 mV), I_e = 30 mV }
  connect E -> E by Jump as jumps { w = 0.1 mV, delay = 1 ms } random(p: 0.5)
}
experiment Run of Net { duration 20 ms }
`;

test("without a folder the script goes to standard output", async () => {
  const { code, out, err } = await glif(folderWith({ "lif.glif": LIF }), ["export", "brian2", "lif.glif"]);
  expect(code, err).toBe(0);
  expect(out).toContain("NeuronGroup(1,");
  expect(out.startsWith('"""')).toBe(true);
});

test("into a folder go the script, its arrays and how it is run", async () => {
  const folder = folderWith({ "net.glif": NETWORK });
  const words = ["export", "brian2", "net.glif", "Run", "--exact", "-o", "b"];
  const { code, err } = await glif(folder, words);
  expect(code, err).toBe(0);
  expect(err).toContain("wrote b/Run.py\nwrote b/Run.npz\nwrote b/README.md\n");
  expect(readFileSync(join(folder, "b", "README.md"), "utf8")).toContain("python3 Run.py");
  const arrays = readFileSync(join(folder, "b", "Run.npz"));
  expect((await glif(folder, words)).code).toBe(0);
  expect(readFileSync(join(folder, "b", "Run.npz"))).toEqual(arrays);
  expect((await glif(folder, [...words, "--seed", "2"])).code).toBe(0);
  expect(readFileSync(join(folder, "b", "Run.npz"))).not.toEqual(arrays);
});

test("arrays need a folder", async () => {
  const { code, out, err } = await glif(folderWith({ "net.glif": NETWORK }), [
    "export",
    "brian2",
    "net.glif",
    "Run",
    "--exact",
  ]);
  expect([code, out]).toEqual([2, ""]);
  expect(err).toContain("-o FOLDER");
});

test("what is there and is something else stays", async () => {
  const folder = folderWith({ "lif.glif": LIF });
  writeFileSync(join(folder, "README.md"), "mine");
  const { code, err } = await glif(folder, ["export", "brian2", "lif.glif", "-o", "."]);
  expect(code).toBe(2);
  expect(err).toContain("README.md is there already, and is not exported from lif.glif; it was not overwritten");
  expect(readFileSync(join(folder, "README.md"), "utf8")).toBe("mine");
  expect(existsSync(join(folder, "CurrentStep.py"))).toBe(false);
});

test("arrays that stand there without a script of ours stay; what another version wrote is ours", async () => {
  const folder = folderWith({ "net.glif": NETWORK });
  const words = ["export", "brian2", "net.glif", "Run", "--exact", "-o", "."];
  writeFileSync(join(folder, "Run.npz"), "mine");
  const refused = await glif(folder, words);
  expect(refused.code).toBe(2);
  expect(refused.err).toContain("Run.npz is there already, and is not exported from net.glif; it was not overwritten");
  expect(readFileSync(join(folder, "Run.npz"), "utf8")).toBe("mine");
  expect(existsSync(join(folder, "Run.py"))).toBe(false);
  expect((await glif(folder, [...words.slice(0, -1), "b"])).code).toBe(0);
  const script = join(folder, "b", "Run.py");
  writeFileSync(script, readFileSync(script, "utf8").replace(/Exported by glif \S+ /, "Exported by glif 0.0.9 "));
  expect((await glif(folder, [...words.slice(0, -1), "b"])).code).toBe(0);
  expect(readFileSync(script, "utf8")).not.toContain("0.0.9");
});

test("targets, files and names that are not there", async () => {
  const folder = folderWith({ "lif.glif": LIF });
  const near = await glif(folder, ["export", "brain2", "lif.glif"]);
  expect([near.code, near.err]).toEqual([2, "error: glif does not export to brain2\nhelp: did you mean brian2?\n"]);
  const far = await glif(folder, ["export", "matlab", "lif.glif"]);
  expect(far.err).toContain("what models are exported to: brian2");
  expect((await glif(folder, ["export", "brian2", "nothing.glif"])).code).toBe(1);
  const name = await glif(folder, ["export", "brian2", "lif.glif", "Stpe"]);
  expect([name.code, name.err.includes("has no experiment, network or neuron Stpe")]).toEqual([2, true]);
});

test("--json lists files and diagnostics", async () => {
  const { code, out } = await glif(folderWith({ "net.glif": NETWORK }), [
    "export",
    "brian2",
    "net.glif",
    "Run",
    "--json",
  ]);
  expect(code).toBe(0);
  const { ok, target, files, diagnostics } = JSON.parse(out) as {
    ok: boolean;
    target: string;
    files: readonly { name: string; bytes: number; text: string }[];
    diagnostics: readonly { code: string }[];
  };
  expect([ok, target, files.map((f) => f.name)]).toEqual([true, "brian2", ["Run.py", "README.md"]]);
  expect(diagnostics.map((d) => d.code)).toContain("export/nearly");
});

test("--set is a setting of the experiment; a network by itself is exported, too", async () => {
  const folder = folderWith({ "net.glif": NETWORK });
  const { out } = await glif(folder, ["export", "brian2", "net.glif", "Run", "--set", "Net.n=7"]);
  expect(out).toContain("NeuronGroup(7,");
  const network = await glif(folder, ["export", "brian2", "net.glif", "Net"]);
  expect([network.code, network.out.includes("NeuronGroup(10,")]).toEqual([0, true]);
});
