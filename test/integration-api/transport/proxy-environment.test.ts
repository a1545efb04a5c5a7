import { TransportFailure } from "../../../src/integration-api/transport/failure.js";
import { proxyOf } from "../../../src/integration-api/transport/proxy-environment.js";

/** What golang.org/x/net/http/httpproxy 0.40.0 answers: the proxy, nothing, or an error. */
const GO: readonly (readonly [env: Record<string, string>, url: string, proxy: string])[] = [
  [{ HTTP_PROXY: "http://p:3128" }, "http://a.example/", "http://p:3128"],
  [{ HTTP_PROXY: "http://p:3128" }, "https://a.example/", ""],
  [{ HTTPS_PROXY: "http://p:3128" }, "https://a.example/", "http://p:3128"],
  [{ HTTPS_PROXY: "http://p:3128" }, "http://a.example/", ""],
  [{ http_proxy: "http://p:3128" }, "http://a.example/", "http://p:3128"],
  [{ https_proxy: "http://p:3128" }, "https://a.example/", "http://p:3128"],
  [{ HTTP_PROXY: "http://upper:1", http_proxy: "http://lower:2" }, "http://a.example/", "http://upper:1"],
  [{ HTTPS_PROXY: "http://upper:1", https_proxy: "http://lower:2" }, "https://a.example/", "http://upper:1"],
  [{ HTTP_PROXY: "", http_proxy: "http://lower:2" }, "http://a.example/", "http://lower:2"],
  [{ ALL_PROXY: "http://p:3128" }, "http://a.example/", ""],
  [{ HTTP_PROXY: "p.example:3128" }, "http://a.example/", "http://p.example:3128"],
  [{ HTTP_PROXY: "127.0.0.1:3128" }, "http://a.example/", "http://127.0.0.1:3128"],
  [{ HTTP_PROXY: "p" }, "http://a.example/", "http://p"],
  [{ HTTP_PROXY: "[::1]:3128" }, "http://a.example/", "http://[::1]:3128"],
  [{ HTTP_PROXY: "user:pass@p:3128" }, "http://a.example/", "http://user:pass@p:3128"],
  [{ HTTP_PROXY: "http://us%40er:p%3Aw@p:3128" }, "http://a.example/", "http://us%40er:p%3Aw@p:3128"],
  [{ HTTP_PROXY: "http://p" }, "http://a.example/", "http://p"],
  [{ HTTP_PROXY: "https://p" }, "http://a.example/", "https://p"],
  [{ HTTPS_PROXY: "socks5://p" }, "https://a.example/", "socks5://p"],
  [{ HTTPS_PROXY: "socks5h://p:9" }, "https://a.example/", "socks5h://p:9"],
  [{ HTTP_PROXY: "http://p:3128" }, "http://localhost/", ""],
  [{ HTTP_PROXY: "http://p:3128" }, "http://localhost:8080/", ""],
  [{ HTTP_PROXY: "http://p:3128" }, "http://127.0.0.1/", ""],
  [{ HTTP_PROXY: "http://p:3128" }, "http://127.8.9.1:3003/", ""],
  [{ HTTP_PROXY: "http://p:3128" }, "http://[::1]/", ""],
  [{ HTTP_PROXY: "http://p:3128" }, "http://[::ffff:127.0.0.1]/", ""],
  [{ HTTP_PROXY: "http://p:3128" }, "http://foo.localhost/", "http://p:3128"],
  [{ HTTP_PROXY: "http://p:3128" }, "http://localhost.example/", "http://p:3128"],
  [{ HTTP_PROXY: "http://p:3128" }, "http://10.0.0.1/", "http://p:3128"],
  [{ HTTP_PROXY: "http://p:3128", NO_PROXY: "*" }, "http://a.example/", ""],
  [{ HTTP_PROXY: "http://p:3128", NO_PROXY: "x,*,y" }, "http://a.example/", ""],
  [{ HTTP_PROXY: "http://p:3128", NO_PROXY: "a.example" }, "http://a.example/", ""],
  [{ HTTP_PROXY: "http://p:3128", NO_PROXY: "A.Example" }, "http://a.example/", ""],
  [{ HTTP_PROXY: "http://p:3128", NO_PROXY: "a.example" }, "http://A.EXAMPLE/", ""],
  [{ HTTP_PROXY: "http://p:3128", NO_PROXY: "example" }, "http://a.example/", ""],
  [{ HTTP_PROXY: "http://p:3128", NO_PROXY: "a.example" }, "http://ba.example/", "http://p:3128"],
  [{ HTTP_PROXY: "http://p:3128", NO_PROXY: "a.example" }, "http://b.a.example/", ""],
  [{ HTTP_PROXY: "http://p:3128", NO_PROXY: ".a.example" }, "http://a.example/", "http://p:3128"],
  [{ HTTP_PROXY: "http://p:3128", NO_PROXY: ".a.example" }, "http://b.a.example/", ""],
  [{ HTTP_PROXY: "http://p:3128", NO_PROXY: "*.a.example" }, "http://b.a.example/", ""],
  [{ HTTP_PROXY: "http://p:3128", NO_PROXY: "*.a.example" }, "http://a.example/", "http://p:3128"],
  [{ HTTP_PROXY: "http://p:3128", NO_PROXY: "b*.example" }, "http://bc.example/", "http://p:3128"],
  [{ HTTP_PROXY: "http://p:3128", NO_PROXY: "a.example:80" }, "http://a.example/", ""],
  [{ HTTP_PROXY: "http://p:3128", NO_PROXY: "a.example:8080" }, "http://a.example/", "http://p:3128"],
  [{ HTTP_PROXY: "http://p:3128", NO_PROXY: "a.example:8080" }, "http://a.example:8080/", ""],
  [{ HTTPS_PROXY: "http://p:3128", NO_PROXY: "a.example:443" }, "https://a.example/", ""],
  [{ HTTPS_PROXY: "http://p:3128", NO_PROXY: "a.example:80" }, "https://a.example/", "http://p:3128"],
  [{ HTTP_PROXY: "http://p:3128", NO_PROXY: ".example:8080" }, "http://a.example:8080/", ""],
  [{ HTTP_PROXY: "http://p:3128", NO_PROXY: ".example:8080" }, "http://a.example/", "http://p:3128"],
  [{ HTTP_PROXY: "http://p:3128", NO_PROXY: "a.example:" }, "http://a.example/", ""],
  [{ HTTP_PROXY: "http://p:3128", NO_PROXY: ":80" }, "http://a.example/", "http://p:3128"],
  [{ HTTP_PROXY: "http://p:3128", NO_PROXY: "10.0.0.0/8" }, "http://10.1.2.3/", ""],
  [{ HTTP_PROXY: "http://p:3128", NO_PROXY: "10.1.2.3/8" }, "http://10.9.9.9/", ""],
  [{ HTTP_PROXY: "http://p:3128", NO_PROXY: "10.0.0.0/8" }, "http://11.0.0.1/", "http://p:3128"],
  [{ HTTP_PROXY: "http://p:3128", NO_PROXY: "10.0.0.0/8" }, "http://10.example/", "http://p:3128"],
  [{ HTTP_PROXY: "http://p:3128", NO_PROXY: "192.168.4.128/25" }, "http://192.168.4.127/", "http://p:3128"],
  [{ HTTP_PROXY: "http://p:3128", NO_PROXY: "192.168.4.128/25" }, "http://192.168.4.200/", ""],
  [{ HTTP_PROXY: "http://p:3128", NO_PROXY: "0.0.0.0/0" }, "http://8.8.8.8/", ""],
  [{ HTTP_PROXY: "http://p:3128", NO_PROXY: "0.0.0.0/0" }, "http://a.example/", "http://p:3128"],
  [{ HTTP_PROXY: "http://p:3128", NO_PROXY: "10.0.0.0/33" }, "http://10.0.0.1/", "http://p:3128"],
  [{ HTTP_PROXY: "http://p:3128", NO_PROXY: "10.0.0.1/32" }, "http://10.0.0.1/", ""],
  [{ HTTP_PROXY: "http://p:3128", NO_PROXY: "10.0.0.1" }, "http://10.0.0.1/", ""],
  [{ HTTP_PROXY: "http://p:3128", NO_PROXY: "10.0.0.1" }, "http://10.0.0.11/", "http://p:3128"],
  [{ HTTP_PROXY: "http://p:3128", NO_PROXY: "10.0.0.1:80" }, "http://10.0.0.1/", ""],
  [{ HTTP_PROXY: "http://p:3128", NO_PROXY: "10.0.0.1:81" }, "http://10.0.0.1/", "http://p:3128"],
  [{ HTTP_PROXY: "http://p:3128", NO_PROXY: "10.0.0.1" }, "http://[::ffff:10.0.0.1]/", ""],
  [{ HTTP_PROXY: "http://p:3128", NO_PROXY: "::ffff:10.0.0.1" }, "http://10.0.0.1/", ""],
  [{ HTTP_PROXY: "http://p:3128", NO_PROXY: "2001:db8::/32" }, "http://[2001:db8::5]/", ""],
  [{ HTTP_PROXY: "http://p:3128", NO_PROXY: "2001:db8::/32" }, "http://[2001:db9::5]/", "http://p:3128"],
  [{ HTTP_PROXY: "http://p:3128", NO_PROXY: "2001:db8::5" }, "http://[2001:db8:0:0:0:0:0:5]/", ""],
  [{ HTTP_PROXY: "http://p:3128", NO_PROXY: "[2001:db8::5]:80" }, "http://[2001:db8::5]/", ""],
  [{ HTTP_PROXY: "http://p:3128", NO_PROXY: "[2001:db8::5]:81" }, "http://[2001:db8::5]/", "http://p:3128"],
  [{ HTTP_PROXY: "http://p:3128", NO_PROXY: "[2001:db8::5]" }, "http://[2001:db8::5]/", "http://p:3128"],
  [{ HTTP_PROXY: "http://p:3128", NO_PROXY: "::ffff:10.0.0.0/104" }, "http://10.9.9.9/", ""],
  [{ HTTP_PROXY: "http://p:3128", NO_PROXY: ".1" }, "http://10.0.0.1/", "http://p:3128"],
  [{ HTTP_PROXY: "http://p:3128", NO_PROXY: "b.example, a.example ,c" }, "http://a.example/", ""],
  [{ HTTP_PROXY: "http://p:3128", NO_PROXY: "a.example,," }, "http://b.example/", "http://p:3128"],
  [{ HTTP_PROXY: "http://p:3128", NO_PROXY: "xn--bcher-kva.example" }, "http://bücher.example/", ""],
  [{ HTTP_PROXY: "http://p:3128", NO_PROXY: "bücher.example" }, "http://bücher.example/", ""],
  [{ HTTP_PROXY: "http://p:3128", NO_PROXY: "bücher.example" }, "http://xn--bcher-kva.example/", ""],
  [{ HTTP_PROXY: "http://p:3128", NO_PROXY: "a.example", no_proxy: "b.example" }, "http://b.example/", "http://p:3128"],
  [{ HTTP_PROXY: "http://p:3128", no_proxy: "b.example" }, "http://b.example/", ""],
  [{ HTTP_PROXY: "http://p:3128", NO_PROXY: "a.example." }, "http://a.example/", "http://p:3128"],
  [{ HTTP_PROXY: "http://p:3128", NO_PROXY: "a.example" }, "http://a.example./", "http://p:3128"],
  [{ HTTP_PROXY: "http://p:3128", REQUEST_METHOD: "GET" }, "http://a.example/", "error"],
  [{ HTTP_PROXY: "http://p:3128", NO_PROXY: "*", REQUEST_METHOD: "GET" }, "http://a.example/", "error"],
  [{ HTTPS_PROXY: "http://p:3128", REQUEST_METHOD: "GET" }, "https://a.example/", "http://p:3128"],
  [{ REQUEST_METHOD: "GET" }, "http://a.example/", ""],
];

function ask(env: Record<string, string>, url: string): string {
  try {
    const proxy = proxyOf(new URL(url), env);
    if (!proxy) return "";
    const { scheme, host, port, credentials } = proxy;
    const user = credentials ? `${encodeURIComponent(credentials.user)}:${encodeURIComponent(credentials.password)}@` : "";
    return `${scheme}://${user}${host.includes(":") ? `[${host}]` : host}:${port}`;
  } catch (error) {
    if (error instanceof TransportFailure) return "error";
    throw error;
  }
}

/** The port that a proxy without one has, and the one scheme for both kinds of SOCKS5. */
const whole = (proxy: string): string => {
  const port = { https: 443, socks5: 1080, socks5h: 1080 }[proxy.replace(/:.*/, "")] ?? 80;
  return proxy === "" || proxy === "error" ? proxy : `${proxy.replace(/^socks5h/, "socks5")}${/:\d+$/.test(proxy) ? "" : `:${port}`}`;
};

test.each(GO)("%j leads %s through %j", (env, url, proxy) => {
  expect(ask(env, url)).toBe(whole(proxy));
});

test.each([
  ["http://p:x", "HTTP_PROXY is not the address of a proxy"],
  ["http://p:70000", "HTTP_PROXY is not the address of a proxy"],
  ["http://hunter2:hunter2@p q", "HTTP_PROXY is not the address of a proxy"],
  ["ftp://hunter2:hunter2@p:21", "HTTP_PROXY names a proxy of the unknown kind ftp://"],
])("%j cannot be used, and the error holds nothing of it", (value, message) => {
  let failure: unknown;
  try {
    proxyOf(new URL("http://a.example/"), { HTTP_PROXY: value });
  } catch (error) {
    failure = error;
  }
  expect(failure).toMatchObject({ code: "proxy_failed", what: message, neverSent: true });
  expect(JSON.stringify(failure)).not.toContain("hunter2");
  // Where it is not asked for, it does not matter.
  expect(proxyOf(new URL("http://a.example/"), { HTTP_PROXY: value, NO_PROXY: "a.example" })).toBeUndefined();
  expect(proxyOf(new URL("https://a.example/"), { HTTP_PROXY: value })).toBeUndefined();
});
