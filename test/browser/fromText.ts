// From texts to the bits of a run: the same lines run in Node and, bundled, in a page.
import { compile, instantiate, sourceText, takePart } from "../../src/index.ts";
import type { Backend, Simulation, SourceHost, StartedThread, Threads } from "../../src/index.ts";
import { bitsOf, type Bits } from "./bits.ts";

export { takePart };

export interface Job {
  /** Texts by name; imports are among them. */
  readonly files: Readonly<Record<string, string>>;
  readonly main: string;
  readonly backend: Backend;
}

export interface Outcome extends Bits {
  readonly backends: Readonly<Record<string, string | undefined>>;
}

/** Compiles and runs the only experiment of the main file, in two pieces. */
export function fromText(job: Job): Outcome {
  const { simulation, steps } = made(job);
  simulation.advance(100);
  simulation.advance(steps - 100);
  return outcomeOf(simulation);
}

/** The same in two threads from where the other one is there; browsers start it while this one has nothing to do. */
export async function inThreads(job: Job, start: () => StartedThread): Promise<Outcome & { readonly apart: number }> {
  const { simulation, steps } = made(job, { count: 2, start, anyway: true });
  while (simulation.threads === 1 && simulation.steps < steps / 2) {
    simulation.advance(1);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  const apart = simulation.steps;
  simulation.advance(steps - apart);
  const outcome = outcomeOf(simulation);
  simulation.dismissThreads();
  return { ...outcome, apart };
}

function made({ files, main, backend }: Job, threads?: Threads): { simulation: Simulation; steps: number } {
  const host: SourceHost = {
    read(path) {
      const text = files[path];
      return text === undefined ? { problem: "there is no such file" } : { text };
    },
    resolve: (_from, written) => ({ path: written }),
  };
  const { plan, diagnostics } = compile(sourceText(main, files[main] ?? ""), host);
  if (plan === null || plan.steps === null) throw new Error(diagnostics.map((d) => d.message).join("\n"));
  return { simulation: instantiate(plan, { backend, ...(threads && { threads }) }), steps: plan.steps };
}

function outcomeOf(simulation: Simulation): Outcome {
  return {
    ...bitsOf(simulation),
    backends: Object.fromEntries(simulation.populations.map((p) => [p.name, p.backend])),
  };
}
