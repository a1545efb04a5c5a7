import { DiagnosticError, Diagnostics } from "../../framework/diagnostics.js";
import { callFunction as invoke } from "../../framework/rpc/call-function.js";
import type { Call } from "../call.js";
import { logged } from "../call-log.js";
import { argumentType, functionResultTo } from "../function.js";
import { valueFrom } from "../values.js";
import { decode, encode } from "../wire/index.js";

/** Unlike every other call, a function answers with a text and the index of an argument instead of diagnostics. */
export const callFunction: Call = async (server, bytes) => {
  const request = decode("CallFunction.Request", bytes);
  const served = logged(request);
  try {
    const definition = await server.function(request.name ?? "");
    const args = (request.arguments ?? []).map((value, index) => valueFrom(value, argumentType(definition, index)));
    const diagnostics = new Diagnostics();
    const answer = await server.run(diagnostics, () => invoke(definition, args));
    const [failed] = diagnostics.items;
    if (!answer || failed) throw new DiagnosticError(failed?.summary ?? "", failed?.detail ?? "");
    const encoded = encode("CallFunction.Response", functionResultTo(definition, answer));
    served({});
    return encoded;
  } catch (error) {
    const { summary, detail } = server.diagnosticOf(error);
    served({ diagnostics: [{ severity: 1, summary }] });
    return encode("CallFunction.Response", { error: { text: `${summary}: ${detail}` } });
  }
};
