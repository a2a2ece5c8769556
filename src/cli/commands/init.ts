// glif init: a first model with an experiment, to run and to change.
import { existsSync } from "node:fs";
import { makeFolder } from "../../simulate/makeFolder.ts";
import { join, resolve } from "node:path";
import { reasonOf, writeNew } from "../../simulate/writeWhole.ts";
import { complain, say, show } from "../talk.ts";
import type { Terminal } from "../terminal.ts";

const NAME = "first.glif";

/** Overwrites nothing. */
export function init(folder: string, terminal: Terminal): number {
  const shown = folder === "." ? NAME : join(folder, NAME);
  try {
    makeFolder(resolve(terminal.cwd, folder));
    writeNew(resolve(terminal.cwd, folder, NAME), FIRST_MODEL);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST" && existsSync(resolve(terminal.cwd, folder, NAME)))
      complain(terminal, `${shown} is there already; nothing was written`, [
        `run it with \`glif run ${shown}\`, or name another folder: \`glif init my-models\``,
      ]);
    else complain(terminal, `cannot write ${shown}: ${reasonOf(error)}`);
    return 1;
  }
  say(terminal, `wrote ${shown}: a leaky integrate-and-fire neuron and an experiment`);
  show(terminal, "\nNext:");
  say(terminal, `  glif run ${shown}                       spikes, traces and a figure`);
  say(terminal, `  glif run ${shown} --set LIF.t_ref="8 ms"   the same with another parameter`);
  say(terminal, `  glif explain ${shown}                   how it is integrated, and why`);
  return 0;
}

export const FIRST_MODEL = `/// Leaky integrate-and-fire neuron: level 1 of Teeter et al. 2018.
neuron LIF {
  param C     = 58.7 pF      /// membrane capacitance
  param G     = 9.43 nS      /// leak conductance
  param E_L   = -78.9 mV     /// resting potential
  param Θ_inf = -51.7 mV     /// spike threshold
  param t_ref = 3 ms         /// refractory period

  input I_e : pA             // everything that injects current adds up here

  state V = E_L

  V' = (I_e - G*(V - E_L)) / C

  spike when V > Θ_inf
  reset { V <- E_L }
  refractory t_ref { hold V }
}

/// A current step: silence, regular spikes, silence.
experiment CurrentStep of LIF {
  duration 1 s
  step 0.1 ms
  I_e = pulse(300 pA, from: 100 ms, to: 900 ms)
  record spikes
  record V
}
`;
