// npm run fuzz -- --inputs 10000 --seed 1 --keep: tries texts that nobody would write on everything from the parser to five steps of a run, and shrinks what fails.
import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { Worker } from "node:worker_threads";
import type { Outcome } from "../test/fuzz/attempt.ts";
import { inputOf } from "../test/fuzz/inputs.ts";

/** No text may take more processor time than this (ms); one that does is tried again in a fresh thread, which has only begun to compile, with three times as much. */
const MOST_TIME = 2000;

const { values } = parseArgs({
  options: {
    inputs: { type: "string", default: "10000" },
    seed: { type: "string", default: "1" },
    from: { type: "string", default: "0" },
    keep: { type: "boolean", default: false },
  },
});
const [inputs, seed, from] = [Number(values.inputs), Number(values.seed), Number(values.from)];

/** A thread that answers within the time or is ended. Processor time is counted, not the clock: other programs run on this machine. */
class Trier {
  #worker = this.#start();

  #start(): Worker {
    // Node 20 takes no loader for a thread from the command line.
    const url = new URL("../test/fuzz/worker.ts", import.meta.url).href;
    return new Worker(
      `import("tsx/esm/api").then(({ register }) => { register(); return import(${JSON.stringify(url)}); })`,
      { eval: true },
    );
  }

  async warm(): Promise<void> {
    const outcome = await this.#once("neuron N { state V = 0\n V' = -V/(1 ms) }", 120_000);
    if (outcome === "slow" || outcome.kind === "fault")
      throw new Error(outcome === "slow" ? "the thread does not answer" : outcome.what);
  }

  async #once(text: string, limit: number): Promise<Outcome | "slow"> {
    return new Promise((resolve) => {
      const before = process.cpuUsage();
      const timer = setInterval(() => {
        const { user, system } = process.cpuUsage(before);
        if ((user + system) / 1000 > limit) finish("slow");
      }, 100);
      const answer = (outcome: Outcome): void => finish(outcome);
      const died = (error: Error): void => finish({ kind: "fault", what: `the thread died: ${error.message}` });
      const finish = (outcome: Outcome | "slow"): void => {
        clearInterval(timer);
        this.#worker.off("message", answer).off("error", died);
        resolve(outcome);
      };
      this.#worker.on("message", answer).on("error", died);
      this.#worker.postMessage(text);
    });
  }

  async try(text: string): Promise<Outcome> {
    for (let tries = 0; tries < 2; tries++) {
      const outcome = await this.#once(text, MOST_TIME * (1 + 2 * tries));
      if (outcome !== "slow" && !(outcome.kind === "fault" && outcome.what.startsWith("the thread died")))
        return outcome;
      await this.#worker.terminate();
      this.#worker = this.#start();
      await this.warm();
      if (outcome !== "slow") return outcome;
    }
    return { kind: "fault", what: `longer than ${MOST_TIME} ms` };
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
  }
}

/** What makes two faults the same: where they come from, without names and numbers. */
function kindOf(what: string): string {
  return what
    .replace(/`[^`]*`|'[^']*'|\d+/g, "…")
    .split("\n")
    .slice(0, 2)
    .join(" ")
    .slice(0, 200);
}

/** The same fault from fewer lines, then from fewer words. */
async function shrink(trier: Trier, text: string, what: string): Promise<string> {
  const same = async (shorter: string): Promise<boolean> => {
    const outcome = await trier.try(shorter);
    return outcome.kind === "fault" && kindOf(outcome.what) === kindOf(what);
  };
  let best = text;
  for (const parts of [/(?<=\n)/, /(?<=\s)/]) {
    let pieces = best.split(parts);
    for (let size = Math.ceil(pieces.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
      for (let at = 0; at < pieces.length;) {
        const fewer = [...pieces.slice(0, at), ...pieces.slice(at + size)];
        if (fewer.length > 0 && (await same(fewer.join("")))) pieces = fewer;
        else at += size;
      }
    }
    best = pieces.join("");
  }
  return best;
}

const trier = new Trier();
await trier.warm();
const counts = new Map<string, number>();
const faults = new Map<string, { readonly what: string; readonly numbers: number[]; readonly text: string }>();
for (let number = from; number < from + inputs; number++) {
  const { kind, text } = inputOf(seed, number);
  const outcome = await trier.try(text);
  const key = `${kind} ${outcome.kind}`;
  counts.set(key, (counts.get(key) ?? 0) + 1);
  if (outcome.kind !== "fault") continue;
  const known = faults.get(kindOf(outcome.what));
  if (known === undefined) {
    process.stderr.write(`input ${number}: ${outcome.what.split("\n")[0] ?? ""}\n`);
    faults.set(kindOf(outcome.what), { what: outcome.what, numbers: [number], text });
  } else {
    known.numbers.push(number);
  }
}
for (const { what, numbers, text } of faults.values()) {
  const small = await shrink(trier, text, what);
  console.log(`\n${numbers.length} inputs (${numbers.slice(0, 5).join(", ")}): ${what}\n${small}`);
  if (values.keep)
    writeFileSync(
      new URL(
        `../test/fuzz/corpus/${createHash("sha256").update(small).digest("hex").slice(0, 12)}.glif`,
        import.meta.url,
      ),
      small,
    );
}
await trier.end();
console.log(
  `\n${[...counts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, n]) => `${n} ${key}`)
    .join(", ")}\n${faults.size} kinds of faults in ${inputs} inputs of seed ${seed}`,
);
process.exitCode = faults.size > 0 ? 1 : 0;
