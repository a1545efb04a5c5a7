/** Loading only this part of undici takes a third of the time; its types are those of the whole. */
declare module "undici/lib/dispatcher/pool.js" {
  import { Pool } from "undici";
  export default Pool;
}
