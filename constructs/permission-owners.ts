import { DefaultTokenResolver, StringConcat, TerraformStack, Tokenization } from "cdktf";
import type { Construct } from "constructs";
import { ApiKey } from "./generated/api-key";
import { ApiKeyGrant } from "./generated/api-key-grant";
import { ApiKeyPermissions } from "./generated/api-key-permissions";

/** A resource that says what a key may do. */
interface Owner {
  readonly path: string;
  /** What it gives; undefined where only Terraform will know. */
  readonly permissions: readonly string[] | undefined;
  readonly isGrant: boolean;
}

const checked = new WeakSet<TerraformStack>();

/** Has the owners of permissions compared when the construct's stack is synthesized: once per stack, in one pass. */
export function checkPermissionOwners(construct: Construct): void {
  const stack = TerraformStack.of(construct);
  if (checked.has(stack)) return;
  checked.add(stack);
  stack.node.addValidation({ validate: () => conflictsIn(stack) });
}

function conflictsIn(stack: TerraformStack): string[] {
  const resolved = (value: unknown): unknown =>
    Tokenization.resolve(value, { scope: stack, resolver: new DefaultTokenResolver(new StringConcat()) });
  const ownersOf = new Map<string, Owner[]>();
  for (const child of stack.node.findAll()) {
    const isKey = child instanceof ApiKey;
    if (!isKey && !(child instanceof ApiKeyGrant) && !(child instanceof ApiKeyPermissions)) continue;
    const permissions = resolved(child.permissionsInput);
    // Instances of one resource may be about different keys, which only Terraform can tell apart.
    if (permissions === undefined || child.forEach !== undefined || child.count !== undefined) continue;
    const key = String(isKey ? `\${${child.terraformResourceType}.${child.friendlyUniqueId}.key_id}` : resolved(child.keyIdInput));
    const isList = Array.isArray(permissions) && permissions.every((name) => typeof name === "string");
    const owner = { path: pathOf(child), permissions: isList ? permissions : undefined, isGrant: child instanceof ApiKeyGrant };
    const others = ownersOf.get(key);
    if (others) others.push(owner);
    else ownersOf.set(key, [owner]);
  }
  return [...ownersOf.values()].flatMap(conflictsBetween);
}

/** The construct around a resource is what a reader knows. */
const pathOf = ({ node }: Construct): string => (node.id === "Resource" && node.scope ? node.scope.node.path : node.path);

/** Grants may share a key as long as they give different things; everything else is alone. */
function conflictsBetween(owners: readonly Owner[]): string[] {
  if (owners.length < 2) return [];
  const paths = owners.map(({ path }) => path);
  if (owners.some(({ isGrant }) => !isGrant))
    return [
      `The permissions of one API key are set by ${paths.join(" and by ")}. Each would revoke what the others grant. Keep one of them.`,
    ];
  const grantedBy = new Map<string, string>();
  return owners.flatMap(({ path, permissions = [] }) =>
    permissions.flatMap((name) => {
      const other = grantedBy.get(name);
      grantedBy.set(name, path);
      return other === undefined ? [] : [`${name} is granted to one API key by ${other} and by ${path}. Keep one of them.`];
    }),
  );
}
