import { invokeAction as invoke, planAction as plan } from "../../framework/rpc/action.js";
import { validateConfig } from "../../framework/rpc/validate-config.js";
import { call, streamCall } from "../call.js";
import { deferredTo } from "../deferred.js";
import { diagnosticsTo } from "../diagnostics.js";
import { configFrom, objectFrom } from "../values.js";
import type { MessageOf } from "../wire/index.js";

export const validateActionConfig = call("ValidateActionConfig.Request", "ValidateActionConfig.Response", async (server, request) => {
  const { schema, definition } = await server.action(request.actionType ?? "");
  return { diagnostics: diagnosticsTo(await validateConfig(server, schema, definition, objectFrom(request.config, schema.type))) };
});

export const planAction = call("PlanAction.Request", "PlanAction.Response", async (server, request, signal) => {
  const action = await server.action(request.actionType ?? "");
  const config = configFrom(request.config, action.schema.type);
  const deferralAllowed = request.clientCapabilities?.deferralAllowed ?? false;
  const { deferred, diagnostics } = await plan(server, action, { config, deferralAllowed, signal });
  return { diagnostics: diagnosticsTo(diagnostics), ...deferredTo(deferred) };
});

const completed = (diagnostics: MessageOf<"Diagnostic">[]): MessageOf<"InvokeAction.Event"> => ({ completed: { diagnostics } });

export const invokeAction = streamCall(
  "InvokeAction.Request",
  "InvokeAction.Event",
  async function* (server, request, signal) {
    const action = await server.action(request.actionType ?? "");
    const config = configFrom(request.config, action.schema.type);
    for await (const event of invoke(server, action, { config, signal }))
      yield "progress" in event ? { progress: { message: event.progress } } : completed(diagnosticsTo(event.completed));
  },
  completed,
);
