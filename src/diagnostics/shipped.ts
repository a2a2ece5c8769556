// Which models come with glif, and by which path they are imported: whoever names one that the file lacks is told.

/** By the file of `glif/…` that declares them; `test/habits/shipped.test.ts` holds it against the files. */
const FILES: Readonly<Record<string, string>> = {
  lif: "LIF NoisyLIF",
  glif: "GLIF",
  adex: "AdEx",
  aglif: "AGLIF",
  eglif: "EGLIF Golgi Granule Purkinje",
  izhikevich: "Izhikevich RS IB CH FS LTS TC RZ",
  mihalas_niebur: "MihalasNiebur",
  teeter: "GLIF1 GLIF2 GLIF3 GLIF4 GLIF5",
  hodgkin_huxley: "HodgkinHuxley SquidSodium SquidPotassium SquidLeak",
  traub_miles: "TraubMiles TraubSodium TraubPotassium",
  synapses:
    "Delta ExpCurrent AlphaCurrent BiexpCurrent ExpConductance AlphaConductance BiexpConductance NMDA SaturatingNMDA GapJunction Graded Depressing TsodyksMarkram STDP NearestSTDP MultiplicativeSTDP TripletSTDP DopamineSTDP",
};

export const SHIPPED: ReadonlyMap<string, string> = new Map(
  Object.entries(FILES).flatMap(([file, names]) => names.split(" ").map((name) => [name, `glif/${file}`] as const)),
);
