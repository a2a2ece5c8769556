// Runs of the built command that are killed, cut off and crowded: what is left on the disk is true as far as it goes. `npm run build` comes first.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { beforeAll, expect, onTestFinished, test } from "vitest";
import { folderWith } from "./helpers.ts";

const MAIN = resolve("dist/cli/glif.js");
beforeAll(() => {
  if (!existsSync(MAIN)) throw new Error("dist is missing: npm run build");
});
const SLOW = { timeout: 120_000 };
const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

/** Noisy neurons that spike some thousand times in a second of wall time, one of them recorded: some megabytes a second. */
const BUSY = `neuron Noisy {
  param τ = 10 ms
  state V = 0 mV
  V' = (8 mV - V)/τ + 2 mV/sqrt(ms)*ξ
  spike when V > 5 mV
  reset { V <- 0 mV }
  refractory 1 ms { hold V }
}
network N { population E = 60 Noisy; population I = 20 Noisy { τ = 7 ms } }
experiment Busy of N { duration 100000 s; step 0.1 ms; seed 3; record spikes; record E[0..1].V }
`;

interface Ended {
  readonly code: number | null;
  readonly signal: string | null;
  readonly err: string;
}

function glif(cwd: string, words: readonly string[]) {
  const child = spawn(process.execPath, [MAIN, "run", "busy.glif", "--force", ...words], {
    cwd,
    stdio: ["ignore", "ignore", "pipe"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  let err = "";
  child.stderr.on("data", (chunk: Buffer) => (err += chunk.toString()));
  const ended = new Promise<Ended>((done) => child.on("close", (code, signal) => done({ code, signal, err })));
  return { child, ended };
}

/** Waits until a folder is there, or a file that says so. */
async function until(path: string, says: (text: string) => boolean): Promise<void> {
  for (let k = 0; k < 6000; k++) {
    if (existsSync(path) && (statSync(path).isDirectory() || says(readFileSync(path, "utf8")))) return;
    await pause(5);
  }
  throw new Error(`${path} never came to that`);
}

const manifestIn = (folder: string): any => JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8"));

/**
 * Header, whole lines of numbers, times that never go back; gives the text. A process that was killed in the microsecond between two pages of one line leaves a part of
 * that line, and a file of whole pages; it is dropped here.
 */
function sound(path: string): string {
  const all = readFileSync(path, "utf8");
  const text = all.slice(0, all.lastIndexOf("\n") + 1);
  if (text !== all) expect(all.length % 4096).toBe(0);
  const lines = text.split("\n").slice(0, -1);
  const spikes = path.endsWith("spikes.csv");
  expect(lines[0]).toBe(spikes ? "t_ms,population,neuron" : "t_ms,E[0].V (mV),E[1].V (mV)");
  const odd = lines
    .slice(1)
    .filter((line) => !(spikes ? /^\d+(\.\d+)?,[EI],\d+$/ : /^\d+(\.\d+)?(,-?\d[\d.e-]*){2}$/).test(line));
  expect(odd).toEqual([]);
  const times = lines.slice(1).map((line) => Number(line.slice(0, line.indexOf(","))));
  expect(times.every((t, k) => k === 0 || t >= (times[k - 1] ?? NaN))).toBe(true);
  return text;
}

test(
  "I01: kill -9 at any time leaves whole lines of the same run, and a manifest that does not call it complete",
  SLOW,
  async () => {
    const cwd = folderWith({ "busy.glif": BUSY });
    const kill = async (k: number): Promise<void> => {
      const { child, ended } = glif(cwd, ["--out", `run${k}`, "--quiet"]);
      // From the moment in which the folder comes to be, or the first file does, or holds some thousand spikes: whenever a busy machine gets there.
      await until(join(cwd, `run${k}`, k % 6 === 0 ? "" : "spikes.csv"), (text) => k % 6 < 4 || text.length > 20_000);
      await pause((k * 379) % 300);
      child.kill("SIGKILL");
      expect((await ended).signal).toBe("SIGKILL");
    };
    // Two at a time: there are machines with two processors.
    let next = 0;
    await Promise.all(
      [0, 1].map(async () => {
        while (next < 30) await kill(next++);
      }),
    );
    const left = Array.from({ length: 30 }, (_, k) => join(cwd, `run${k}`)).filter((folder) =>
      existsSync(join(folder, "manifest.json")),
    );
    expect(left.length).toBeGreaterThan(20);
    for (const folder of left)
      expect(manifestIn(folder)).toMatchObject({ status: "running", complete: false, seed: 3 });
    const [spikes, traces] = ["spikes.csv", "traces.csv"].map((name) => {
      const texts = left
        .map((folder) => join(folder, name))
        .filter((path) => existsSync(path))
        .map(sound)
        .sort((a, b) => a.length - b.length);
      const longest = texts.at(-1) ?? "";
      expect(longest.length).toBeGreaterThan(10_000);
      expect(texts.every((text) => longest.startsWith(text))).toBe(true);
      return longest;
    });
    // And of one that was let alone, up to a time that both have passed: of the very last, some lines may not have been written.
    const times = [spikes, traces].map(
      (text = "") => Math.ceil(Number(text.trim().split("\n").at(-1)?.split(",")[0])) - 1,
    );
    const { code } = await glif(cwd, [
      "--out",
      "whole",
      "--quiet",
      "--no-figure",
      "--duration",
      `${Math.min(...times)} ms`,
    ]).ended;
    expect(code).toBe(0);
    expect(spikes?.startsWith(sound(join(cwd, "whole/spikes.csv")))).toBe(true);
    expect(traces?.startsWith(sound(join(cwd, "whole/traces.csv")))).toBe(true);
    expect(manifestIn(join(cwd, "whole")).status).toBe("complete");
  },
);

test(
  "I01, P03: a run in whose folder another is at work is told so; kill -9 takes no more than the last second, and the folder is free",
  SLOW,
  async () => {
    const cwd = folderWith({ "busy.glif": BUSY });
    const first = glif(cwd, ["--out", "here"]);
    await until(join(cwd, "here/spikes.csv"), (text) => text.length > 50_000);
    const second = await glif(cwd, ["--out", "here"]).ended;
    expect([second.code, second.err]).toEqual([
      1,
      expect.stringContaining(`error: here is in use by pid ${first.child.pid};`),
    ]);
    // What has come is in the file while the run goes on.
    await until(join(cwd, "here/spikes.csv"), (text) => text.length > 100_000);
    first.child.kill("SIGKILL");
    await first.ended;
    sound(join(cwd, "here/spikes.csv"));
    const third = await glif(cwd, ["--out", "here", "--duration", "50 ms", "--quiet"]).ended;
    expect(third).toEqual({ code: 0, signal: null, err: "" });
    expect(readdirSync(join(cwd, "here")).sort()).toEqual(["figure.svg", "manifest.json", "spikes.csv", "traces.csv"]);
  },
);

test("I02: a second SIGINT ends it at once, and what is there is good", SLOW, async () => {
  const cwd = folderWith({ "busy.glif": BUSY });
  const { child, ended } = glif(cwd, ["--out", "run"]);
  await until(join(cwd, "run/spikes.csv"), (text) => text.length > 50_000);
  child.kill("SIGINT");
  child.kill("SIGINT");
  await pause(20);
  child.kill("SIGINT");
  const { code, signal } = await ended;
  expect(signal === "SIGINT" || code === 130).toBe(true);
  for (const name of ["spikes.csv", "traces.csv"]) sound(join(cwd, "run", name));
  expect(manifestIn(join(cwd, "run")).complete).toBe(false);
});

test("I02: after one SIGINT all that was recorded is there", SLOW, async () => {
  const cwd = folderWith({ "busy.glif": BUSY });
  const { child, ended } = glif(cwd, ["--out", "run", "--sonata"]);
  await until(join(cwd, "run/spikes.csv"), (text) => text.length > 200_000);
  child.kill("SIGINT");
  const { code, err } = await ended;
  expect(code).toBe(130);
  expect(err).toContain("interrupted; what there is, is in run");
  const { counts, simulated_ms, files } = manifestIn(join(cwd, "run"));
  expect(sound(join(cwd, "run/spikes.csv")).split("\n").length - 2).toBe(counts.spikes);
  expect(sound(join(cwd, "run/traces.csv")).trim().split("\n").at(-1)?.split(",")[0]).toBe(String(simulated_ms));
  for (const { name, bytes } of files) expect(statSync(join(cwd, "run", name)).size, name).toBe(bytes);
  expect(readdirSync(join(cwd, "run")).sort()).toEqual(["figure.svg", "manifest.json", "spikes.csv", "traces.csv"]);
});

test.skipIf(process.platform !== "linux")(
  "I03, F04: files that may grow no further: the run ends at once, the path is named, what fitted is good",
  SLOW,
  () => {
    const cwd = folderWith({ "busy.glif": BUSY });
    const run = (out: string, ...words: readonly string[]) =>
      spawnSync(
        "bash",
        ["-c", `ulimit -f 100; exec ${process.execPath} ${MAIN} run busy.glif --force --out ${out} ${words.join(" ")}`],
        { cwd, encoding: "utf8" },
      );
    const { status, stderr } = run("run", "--no-figure");
    expect(status).toBe(1);
    expect(stderr).toMatch(/stopped after .* of 100000 s/);
    expect(stderr).toMatch(/error: cannot write \/.*\/run\/traces.csv: it would be larger than files may be here\n/);
    const text = sound(join(cwd, "run/traces.csv"));
    expect(text.length).toBeGreaterThan(102_400 - 100);
    sound(join(cwd, "run/spikes.csv"));
    expect(manifestIn(join(cwd, "run"))).toMatchObject({
      status: "stopped",
      complete: false,
      reason: expect.stringContaining("traces.csv: it would be larger"),
      files: [{ name: "spikes.csv" }, { name: "traces.csv", bytes: text.length }],
    });
    // As SONATA 2500 spikes take less than 64 kB, but chunks are larger than that.
    const sonata = run("sonata", "--duration", '"200 ms"', "--sonata", "--no-figure", "--set", '"E.τ=100 s"');
    expect(sonata.status).toBe(1);
    expect(sonata.stderr).toMatch(
      /error: cannot write \/.*\/sonata\/spikes.h5: it would be larger than files may be here\n/,
    );
    expect(readdirSync(join(cwd, "sonata")).sort()).toEqual(["manifest.json", "spikes.csv", "traces.csv"]);
  },
);

/** A file system of its own with little room, where the system lets one be mounted. */
const canMount =
  process.platform === "linux" &&
  spawnSync("unshare", ["-Urm", "bash", "-c", "mount -t tmpfs -o size=16k tmpfs /mnt"]).status === 0;
test.skipIf(!canMount)(
  "I03: a disk that fills up: the good part of the files stays, and a manifest that calls it complete never comes to be",
  SLOW,
  () => {
    const cwd = folderWith({ "busy.glif": BUSY });
    const script = `mount -t tmpfs -o size=300k tmpfs /mnt
    ${process.execPath} ${MAIN} run busy.glif --force --out /mnt/run; echo "exit $?"; cp -r /mnt/run kept`;
    const { stdout, stderr } = spawnSync("unshare", ["-Urm", "bash", "-c", script], { cwd, encoding: "utf8" });
    expect(stdout).toBe("exit 1\n");
    expect(stderr).toMatch(/error: cannot write \/mnt\/run\/(spikes|traces).csv: the disk is full\n/);
    const length = sound(join(cwd, "kept/spikes.csv")).length + sound(join(cwd, "kept/traces.csv")).length;
    expect(length).toBeGreaterThan(200_000);
    expect(manifestIn(join(cwd, "kept")).complete).toBe(false);
  },
);

/** Most memory that the process has had (kB). */
function peak(pid: number | undefined): number {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0);
  } catch {
    return 0;
  }
}

test.skipIf(process.platform !== "linux")("R04: ten times the duration takes no more memory", SLOW, async () => {
  const cwd = folderWith({ "busy.glif": BUSY });
  const memoryOf = async (duration: string): Promise<number> => {
    const { child, ended } = glif(cwd, ["--duration", duration, "--out", duration.replace(" ", ""), "--no-figure"]);
    let most = 0;
    const watch = setInterval(() => (most = Math.max(most, peak(child.pid))), 10);
    const { code } = await ended;
    clearInterval(watch);
    expect(code).toBe(0);
    return most;
  };
  const [short, long] = [await memoryOf("4 s"), await memoryOf("40 s")];
  expect(statSync(join(cwd, "40s/spikes.csv")).size).toBeGreaterThan(9 * statSync(join(cwd, "4s/spikes.csv")).size);
  expect(long / short).toBeLessThan(1.1);
});
