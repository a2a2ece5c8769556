// The streams, signals and folders that the built command is started with: what is cut off, closed, gone or hung up is told. `npm run build` comes first.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { beforeAll, expect, onTestFinished, test } from "vitest";
import { folderWith, LIF, STEP } from "./helpers.ts";

const MAIN = resolve("dist/cli/glif.js");
beforeAll(() => {
  if (!existsSync(MAIN)) throw new Error("dist is missing: npm run build");
});
const SLOW = { timeout: 120_000 };
const LONG = LIF + STEP.replace("100 ms", "1000000 s").replace("record V every 0.5 ms", "");
const onLinux = process.platform === "linux";

/** A line of a shell in which `$G` is the command. */
function shell(cwd: string, line: string): { readonly out: string; readonly err: string } {
  const { stdout, stderr } = spawnSync("bash", ["-c", line], {
    cwd,
    encoding: "utf8",
    env: { ...process.env, G: `${process.execPath} ${MAIN}` },
  });
  return { out: stdout, err: stderr };
}

test.skipIf(!onLinux)(
  "a short write to a file behind standard output is told, exit 1; so is a standard output or input that is closed, or a folder",
  SLOW,
  () => {
    const cwd = folderWith({ "lif.glif": LIF + STEP });
    expect(shell(cwd, `trap '' XFSZ; ulimit -f 2; $G compile lif.glif Step > cut.ts; echo $?`)).toEqual({
      out: "1\n",
      err: "error: cannot write to standard output: it would be larger than files may be here\n",
    });
    expect(statSync(join(cwd, "cut.ts")).size).toBeLessThanOrEqual(2048);
    expect(shell(cwd, `trap '' XFSZ; ulimit -f 2; $G explain lif.glif > whole.txt; echo $?`)).toEqual({
      out: "0\n",
      err: "",
    });
    expect(shell(cwd, `$G compile lif.glif Step >&-; echo $?`)).toEqual({
      out: "1\n",
      err: "error: cannot write to standard output: it is closed\n",
    });
    expect(shell(cwd, `$G compile lif.glif Step > /dev/null; echo $?`)).toEqual({ out: "0\n", err: "" });
    expect(spawnSync(process.execPath, [MAIN, "compile", "lif.glif", "Step"], { cwd, stdio: "ignore" }).status).toBe(0);
    expect(shell(cwd, `$G check - <&-; echo $?`)).toEqual({
      out: "1\n",
      err: "error[run/unreadable-file]: standard input: it is closed\n",
    });
    expect(shell(cwd, `$G check - < /; echo $?`)).toEqual({
      out: "1\n",
      err: "error[run/unreadable-file]: standard input: it is a folder, not a file\n",
    });
  },
);

test.skipIf(!onLinux)("-o: standard output by its names, a pipe without a name; a path below a file", SLOW, () => {
  const cwd = folderWith({ "lif.glif": LIF + STEP });
  const { out } = shell(cwd, `$G compile lif.glif Step`);
  for (const name of ["-", "/dev/stdout", "/dev/fd/1"])
    expect(shell(cwd, `$G compile lif.glif Step -o ${name} | cat`), name).toEqual({ out, err: "" });
  expect(shell(cwd, `(echo before; $G compile lif.glif Step -o /dev/stdout; echo after) > all; cat all`).out).toBe(
    `before\n${out}after\n`,
  );
  expect(shell(cwd, `$G compile lif.glif Step -o >(wc -c > size); sleep 0.3; cat size`).out.trim()).toBe(
    String(Buffer.byteLength(out)),
  );
  for (const words of ["compile lif.glif Step -o lif.glif/x", "run lif.glif --out lif.glif/x", "init lif.glif/x"]) {
    const { out: code, err } = shell(cwd, `$G ${words}; echo $?`);
    expect([words, code, err]).toEqual([
      words,
      "1\n",
      expect.stringMatching(
        /^error: cannot (write|make the folder) lif.glif\/x[^:]*: part of its path is a file, not a folder\n$/,
      ),
    ]);
  }
});

test.skipIf(!onLinux)(
  "a working directory that is gone, and too few files: told, and not as a fault of glif",
  SLOW,
  () => {
    const cwd = folderWith({ "lif.glif": LIF + STEP });
    mkdirSync(join(cwd, "gone"));
    const gone = (words: string) => shell(cwd, `mkdir -p gone; cd gone; rmdir ../gone; $G ${words}; echo $?`);
    expect(gone("--help").out).toMatch(/^Usage: glif[^]*\n0\n$/);
    expect(gone("check lif.glif")).toEqual({
      out: "1\n",
      err: "error: the working directory is not there any more: go to another one\n",
    });
    for (const most of [22, 28]) {
      const { out, err } = shell(cwd, `ulimit -n ${most}; $G run lif.glif --quiet; echo $?`);
      expect(out).toBe("1\n");
      expect(err).toMatch(/^error: (glif cannot be loaded|the system does not let glif go on): .*`ulimit -n`[^\n]*\n$/);
    }
  },
);

/** Begun, and some of its spikes are in the file. */
async function begun(cwd: string, line: string) {
  const child = spawn("bash", ["-c", line], {
    cwd,
    stdio: ["ignore", "ignore", "pipe"],
    env: { ...process.env, G: `${process.execPath} ${MAIN}` },
  });
  const ended = new Promise<number | null>((done) => child.on("exit", done));
  while (
    !existsSync(join(cwd, "pid")) ||
    !existsSync(join(cwd, "run/spikes.csv")) ||
    statSync(join(cwd, "run/spikes.csv")).size < 100
  )
    await new Promise((done) => setTimeout(done, 20));
  const pid = Number(readFileSync(join(cwd, "pid"), "utf8"));
  onTestFinished(() => {
    try {
      process.kill(pid, "SIGKILL");
    } catch {
      // It is over.
    }
  });
  return { pid, ended };
}

test.skipIf(!onLinux)(
  "a hang-up ends a run as SIGTERM does; one that is to be ignored, by nohup or trap, is",
  SLOW,
  async () => {
    const run = "$G run lif.glif --out run --quiet & echo $! > pid; wait $!";
    const plain = folderWith({ "lif.glif": LONG });
    const first = await begun(plain, run);
    process.kill(first.pid, "SIGHUP");
    expect(await first.ended).toBe(129);
    expect(JSON.parse(readFileSync(join(plain, "run/manifest.json"), "utf8"))).toMatchObject({
      complete: false,
      reason: "interrupted",
    });
    for (const line of [run.replace("$G", "nohup $G"), `trap '' HUP; ${run}`]) {
      const cwd = folderWith({ "lif.glif": LONG });
      const { pid, ended } = await begun(cwd, line);
      process.kill(pid, "SIGHUP");
      await new Promise((done) => setTimeout(done, 500));
      process.kill(pid, "SIGTERM");
      expect(await ended, line).toBe(143);
    }
  },
);

test.skipIf(!onLinux)(
  "results that are deleted, or another's that take their place, while the run goes on",
  SLOW,
  async () => {
    const disturb = async (
      how: (at: string) => void,
    ): Promise<{ readonly code: number | null; readonly manifest: any; readonly files: readonly string[] }> => {
      const cwd = folderWith({ "lif.glif": LONG });
      const { ended } = await begun(cwd, "$G run lif.glif --out run --quiet 2> said & echo $! > pid; wait $!");
      how(join(cwd, "run"));
      const code = await ended;
      const text = existsSync(join(cwd, "run/manifest.json"))
        ? readFileSync(join(cwd, "run/manifest.json"), "utf8")
        : "null";
      return {
        code,
        manifest: JSON.parse(text),
        files: existsSync(join(cwd, "run")) ? readdirSync(join(cwd, "run")) : [],
      };
    };
    const deleted = await disturb((at) => rmSync(join(at, "spikes.csv")));
    expect(deleted).toMatchObject({
      code: 1,
      manifest: {
        complete: false,
        reason: expect.stringMatching(/spikes.csv: it was deleted or moved away while it was written$/),
      },
    });
    expect(deleted.manifest.files.map((f: { name: string }) => f.name)).not.toContain("spikes.csv");
    const replaced = await disturb((at) =>
      spawnSync("bash", ["-c", `echo other > ${at}/x; mv ${at}/x ${at}/traces.csv`]),
    );
    expect(replaced).toMatchObject({
      code: 1,
      manifest: {
        complete: false,
        reason: expect.stringMatching(/traces.csv: another file was put in its place while it was written$/),
      },
    });
    expect(await disturb((at) => rmSync(at, { recursive: true }))).toMatchObject({
      code: 1,
      manifest: null,
      files: [],
    });
  },
);

const canUnshare = onLinux && spawnSync("unshare", ["-Urpf", "--mount-proc", "true"]).status === 0;
test.skipIf(!canUnshare)("a run in a folder where one of another container is at work is refused", SLOW, async () => {
  const cwd = folderWith({ "lif.glif": LONG });
  const { pid, ended } = await begun(cwd, "$G run lif.glif --out run --quiet & echo $! > pid; wait $!");
  const { out, err } = shell(cwd, `unshare -Urpf --mount-proc $G run lif.glif --out run; echo $?`);
  expect([out, err]).toEqual([
    "1\n",
    expect.stringMatching(
      new RegExp(
        `^error: run is in use by pid ${pid} in another container \\(if that run is over, delete .*/run/.glif-lock\\)`,
      ),
    ),
  ]);
  process.kill(pid, "SIGTERM");
  expect(await ended).toBe(143);
});
