import type { Provider } from "../../src/bridge/sdk.js";
import { pangolin as provider } from "../../src/provider/provider.js";
import { InProcessDriver } from "./drivers/in-process.js";
import { RealTerraformDriver } from "./drivers/real-terraform.js";
import { ENDPOINTS, Life } from "./life/life.js";
import { PangolinServer } from "./world/http-server.js";
import { Network } from "./world/network.js";
import { Pangolin } from "./world/pangolin.js";
import { VirtualTime } from "./world/virtual-time.js";

/** When lives begin: far from today, so that whoever asks the wrong clock is seen. */
const START = "2031-01-01T00:00:00.000Z";

/** Lives whose Terraform is imitated in this process, with the provider or one that is made worse. */
export const beginInProcessWith =
  (own: Provider) =>
  async (seed: number): Promise<Life> => {
    const time: VirtualTime = new VirtualTime(
      START,
      () => network.serveOne(),
      () => life.dice.next(),
    );
    const pangolin = new Pangolin(seed, time);
    const network: Network = new Network(pangolin, () => life.dice);
    const life: Life = new Life(pangolin, new InProcessDriver(own, network, time), time);
    return life;
  };

export const beginInProcess = beginInProcessWith(provider);

/** A life with the real program, on a server that it can reach. Time passes only when somebody says so. */
export async function beginWithTerraform(seed: number): Promise<Life> {
  const time = {
    now: Date.parse(START),
    advance(milliseconds: number) {
      this.now += milliseconds;
    },
  };
  const pangolin = new Pangolin(seed, time);
  const server = await PangolinServer.start(pangolin);
  const names = ["127.0.0.1", "localhost"];
  const endpointOf = (endpoint: string) => `http://${names[ENDPOINTS.indexOf(endpoint as (typeof ENDPOINTS)[number])]}:${server.port}/v1`;
  return new Life(pangolin, await RealTerraformDriver.start(provider, server), time, endpointOf);
}
