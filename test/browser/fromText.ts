// From texts to the bits of a run: the same lines run in Node and, bundled, in a page.
import { compile, instantiate, sourceText, type Backend, type SourceHost } from "../../src/index.ts";
import { bitsOf, type Bits } from "./bits.ts";

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
export function fromText({ files, main, backend }: Job): Outcome {
  const host: SourceHost = {
    read(path) {
      const text = files[path];
      return text === undefined ? { problem: "there is no such file" } : { text };
    },
    resolve: (_from, written) => ({ path: written }),
  };
  const { plan, diagnostics } = compile(sourceText(main, files[main] ?? ""), host);
  if (plan === null || plan.steps === null) throw new Error(diagnostics.map((d) => d.message).join("\n"));
  const simulation = instantiate(plan, { backend });
  simulation.advance(100);
  simulation.advance(plan.steps - 100);
  return {
    ...bitsOf(simulation),
    backends: Object.fromEntries(simulation.populations.map((p) => [p.name, p.backend])),
  };
}
