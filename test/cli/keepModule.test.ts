// --keep-module: what is kept is what the engine runs, and its map leads every cited line home.
import { Session, type Debugger } from "node:inspector";
import { mkdirSync, readdirSync, readFileSync, realpathSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { originalPositionFor, TraceMap } from "@jridgewell/trace-mapping";
import { expect, test } from "vitest";
import { folderWith, glif, LIF, STEP } from "./helpers.ts";

/** Another file, so that the map leads to two. */
const ADAPTING = `import LIF from "lif.glif"
neuron Adapting extends LIF {
  param τ_w = 100 ms
  state w = 0 mV
  w' = -w/τ_w
  reset { V <- 0 mV; w <- w + 1 mV }
}
experiment Ramp of Adapting { duration 100 ms; I_e = 20 mV; record V }
`;

test("the map leads each line that the module cites to that line of its file, and the code below it as well", async () => {
  const cwd = folderWith({ "lif.glif": LIF, "adapting.glif": ADAPTING });
  expect((await glif(cwd, ["run", "adapting.glif", "--keep-module", "kept", "-q", "--no-figure"])).code).toBe(0);
  const lines = readFileSync(join(cwd, "kept/Ramp.js"), "utf8").split("\n");
  const map = new TraceMap(JSON.parse(readFileSync(join(cwd, "kept/Ramp.js.map"), "utf8")));
  const home = (k: number): readonly unknown[] => {
    const { source, line } = originalPositionFor(map, { line: k + 1, column: 999 });
    return [source, line];
  };
  const cited = lines.flatMap((text, k) => {
    const [, name, line] = /\/\/ (\w+\.glif):(\d+)/.exec(text) ?? [];
    return name === undefined ? [] : [{ k, place: [pathToFileURL(join(realpathSync(cwd), name)).href, Number(line)] }];
  });
  expect(new Set(cited.map((c) => c.place[0])).size).toBe(2);
  expect(cited.length).toBeGreaterThan(4);
  for (const { k, place } of cited) {
    expect(home(k), lines[k]).toEqual(place);
    expect(home(k + 1), lines[k + 1]).toEqual(place);
  }
  // V' = (I_e - V)/τ stands in line 6 of lif.glif: the code that computes it is not that of another line.
  const equation = lines.findIndex((text) => text.includes("lif.glif:6  V' ="));
  expect(lines[equation + 1]).toMatch(/V/);
  // What is made once for all is of no line.
  expect(home(lines.findIndex((text) => text.includes("const { ")))).toEqual([null, null]);
});

test("a debugger knows the kept file by its address, and has it line for line", async () => {
  const session = new Session();
  session.connect();
  const found: Debugger.ScriptParsedEventDataType[] = [];
  session.on("Debugger.scriptParsed", ({ params }) => {
    if (params.url.endsWith("/kept/Step.js")) found.push(params);
  });
  session.post("Debugger.enable");
  const cwd = folderWith({ "lif.glif": LIF + STEP });
  expect((await glif(cwd, ["run", "lif.glif", "--keep-module", "kept", "-q", "--no-figure"])).code).toBe(0);
  const [script] = found;
  expect(script?.url).toBe(pathToFileURL(join(cwd, "kept/Step.js")).href);
  expect(script?.sourceMapURL).toBe(pathToFileURL(join(cwd, "kept/Step.js.map")).href);
  let text = "";
  session.post("Debugger.getScriptSource", { scriptId: script?.scriptId ?? "" }, (error, { scriptSource }) => {
    if (error === null) text = scriptSource;
  });
  session.disconnect();
  expect(text).toBe(readFileSync(join(cwd, "kept/Step.js"), "utf8"));
});

test("the bits are those of any run; another's file stays", async () => {
  const network = `network N { population E = 100 LIF { I_e = 20 mV; V ~ uniform(0 mV, 9 mV) } }
experiment Many of N { duration 50 ms; seed 3; record spikes }\n`;
  const cwd = folderWith({ "n.glif": LIF + network });
  const spikes = async (out: string, more: readonly string[]): Promise<string> => {
    expect((await glif(cwd, ["run", "n.glif", "--out", out, "-q", "--no-figure", ...more])).code).toBe(0);
    return readFileSync(join(cwd, out, "spikes.csv"), "utf8");
  };
  expect(await spikes("kept", ["--keep-module", "module"])).toBe(await spikes("plain", []));
  expect(JSON.parse(readFileSync(join(cwd, "kept/manifest.json"), "utf8")).populations[0].backend).toBe("javascript");
  mkdirSync(join(cwd, "mine"));
  writeFileSync(join(cwd, "mine/Many.js"), "mine");
  const { code, err } = await glif(cwd, ["run", "n.glif", "--keep-module", "mine", "-q"]);
  expect([code, err]).toEqual([1, expect.stringContaining("what is there is not the module of this model")]);
});

test("a folder for the module that cannot be made is told, and none is left for results", async () => {
  const cwd = folderWith({ "lif.glif": LIF + STEP, file: "" });
  expect(await glif(cwd, ["run", "lif.glif", "--keep-module", "file/deep", "-q"])).toMatchObject({
    code: 1,
    err: `error: cannot write ${join(cwd, "file/deep/Step.js")}: part of its path is a file, not a folder\n`,
  });
  expect(readdirSync(join(cwd, "out"))).toEqual([]);
});
