// P03: one run at a time in a folder; the locks of the dead are taken over, those of the living and of other machines are not.
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join, resolve } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { holderOf, LOCK_FILE, lockFolder } from "../../src/simulate/lock.ts";
import { folder } from "./helpers.ts";

const releaseOf = (lock: ReturnType<typeof lockFolder>): (() => void) => {
  if ("holder" in lock) throw new Error(lock.holder);
  return lock.release;
};

function sleeper(): ChildProcess {
  const child = spawn("sleep", ["60"]);
  onTestFinished(() => void child.kill("SIGKILL"));
  return child;
}

function leave(at: string, text: string): void {
  writeFileSync(join(at, LOCK_FILE), text);
}

test("taken, told to others, released", () => {
  const at = folder();
  expect(holderOf(at)).toBeNull();
  const release = releaseOf(lockFolder(at));
  expect(holderOf(at)).toBe(`pid ${process.pid}`);
  expect(lockFolder(at)).toEqual({ holder: `pid ${process.pid}` });
  release();
  expect(readdirSync(at)).toEqual([]);
  releaseOf(lockFolder(at))();
});

test("a living process keeps its lock, a dead one loses it", async () => {
  const at = folder();
  const child = sleeper();
  leave(at, JSON.stringify({ pid: child.pid, host: hostname(), began: null }));
  expect(lockFolder(at)).toEqual({ holder: `pid ${child.pid}` });
  const ended = new Promise((done) => child.on("exit", done));
  child.kill("SIGKILL");
  await ended;
  const release = releaseOf(lockFolder(at));
  expect(JSON.parse(readFileSync(join(at, LOCK_FILE), "utf8")).pid).toBe(process.pid);
  release();
  expect(readdirSync(at)).toEqual([]);
});

test.skipIf(process.platform !== "linux")(
  "a number that another process has got since is no holder; nor is one that is dead and not yet waited for",
  () => {
    const at = folder();
    const child = sleeper();
    leave(at, JSON.stringify({ pid: child.pid, host: hostname(), began: "1" }));
    expect(holderOf(at)).toBeNull();
    releaseOf(lockFolder(at))();
    // A shell that becomes another program never waits for its child.
    const { stdout } = spawnSync(
      "bash",
      ["-c", `(sleep 0.05 & echo $!; exec sleep 1.5) & sleep 0.5; wait -n 2>/dev/null; true`],
      { encoding: "utf8", timeout: 10_000 },
    );
    leave(at, JSON.stringify({ pid: Number(stdout.trim()), host: hostname(), began: null }));
    expect(holderOf(at)).toBeNull();
  },
);

test("the lock of another machine stays, and it is told what to delete", () => {
  const at = folder();
  leave(at, JSON.stringify({ pid: 1, host: `not-${hostname()}`, began: null }));
  expect(lockFolder(at)).toEqual({
    holder: `pid 1 on not-${hostname()} (if that run is over, delete ${join(at, LOCK_FILE)})`,
  });
});

test("a lock that says nothing is nobody's", () => {
  for (const text of [
    "",
    "{",
    "null",
    "[]",
    '{"pid":"x"}',
    "\0\0\0",
    ...[-1, 0, 1.5].map((pid) => JSON.stringify({ pid, host: hostname() })),
  ]) {
    const at = folder();
    leave(at, text);
    releaseOf(lockFolder(at))();
    expect(readdirSync(at), JSON.stringify(text)).toEqual([]);
  }
});

test("a lock is released by its owner alone", () => {
  const at = folder();
  const release = releaseOf(lockFolder(at));
  const other = JSON.stringify({ pid: 1, host: `not-${hostname()}`, began: null });
  leave(at, other);
  release();
  expect(readFileSync(join(at, LOCK_FILE), "utf8")).toBe(other);
});

test("of many that find a dead lock at the same time one takes it", { timeout: 60_000 }, async () => {
  const at = folder();
  leave(at, JSON.stringify({ pid: 2 ** 22 + 1, host: hostname(), began: "1" }));
  const script = `import { lockFolder } from ${JSON.stringify(resolve("src/simulate/lock.ts"))};
    process.stdin.once("data", () => process.stdout.write("holder" in lockFolder(".") ? "no" : "yes"));
    process.stdout.write("ready ");`;
  const rivals = Array.from({ length: 4 }, () => {
    const child = spawn(
      process.execPath,
      ["--import", resolve("node_modules/tsx/dist/esm/index.mjs"), "--input-type=module", "-e", script],
      { cwd: at },
    );
    onTestFinished(() => void child.kill("SIGKILL"));
    let out = "";
    child.stdout.on("data", (chunk: Buffer) => (out += chunk.toString()));
    const said = async (words: RegExp): Promise<string> => {
      while (!words.test(out)) await new Promise((done) => setTimeout(done, 5));
      return out;
    };
    return { child, said };
  });
  await Promise.all(rivals.map((rival) => rival.said(/ready/)));
  for (const { child } of rivals) child.stdin.write("go");
  const answers = await Promise.all(rivals.map((rival) => rival.said(/yes|no/)));
  expect(answers.sort()).toEqual(["ready no", "ready no", "ready no", "ready yes"]);
});
