import { pangolin as provider } from "../../src/provider/provider.js";
import { InProcessDriver } from "./drivers/in-process.js";
import { Life } from "./life/life.js";
import { Network } from "./world/network.js";
import { Pangolin } from "./world/pangolin.js";
import { VirtualTime } from "./world/virtual-time.js";

/** When lives begin: far from today, so that whoever asks the wrong clock is seen. */
const START = "2031-01-01T00:00:00.000Z";

/** A life whose Terraform is imitated in this process. */
export async function beginInProcess(seed: number): Promise<Life> {
  const time: VirtualTime = new VirtualTime(START, () => network.serveOne());
  const pangolin = new Pangolin(seed, () => new Date(time.now));
  const network: Network = new Network(pangolin, () => life.dice);
  const life: Life = new Life(pangolin, new InProcessDriver(provider, network, time), time);
  return life;
}
