// A real OpenID Connect server that behaves like ProConnect: what it says of a person is a signed token, the family name
// is called usual_name, whether the address is confirmed is not said.
//
//     node server.mjs PORT SITE      (SITE: where the site answers; prints its own address once it listens)
//
// Whoever gives an address enters as that person, known or not.
import { createServer } from "node:http";
import { Provider } from "oidc-provider";

const [port, site] = process.argv.slice(2);
const issuer = `http://localhost:${port}`;
const page = (content) => `<!doctype html><html lang="fr"><meta charset="utf-8"><title>Identité</title><h1>Identité</h1>${content}</html>`;

const provider = new Provider(issuer, {
  clients: [{
    client_id: "essai",
    client_secret: "secret-d-essai",
    redirect_uris: [`${site}/compte/connexion/openid/retour/`],
    post_logout_redirect_uris: [`${site}/compte/deconnexion/`],
    userinfo_signed_response_alg: "RS256",
  }],
  acrValues: ["eidas1"],
  scopes: ["openid", "given_name", "usual_name", "email", "siret"],
  claims: { openid: ["sub"], given_name: ["given_name"], usual_name: ["usual_name"], email: ["email"], siret: ["siret"] },
  conformIdTokenClaims: true,
  cookies: { keys: ["essai"] },
  features: {
    devInteractions: { enabled: false },
    jwtUserinfo: { enabled: true },
    rpInitiatedLogout: {
      enabled: true,
      logoutSource: (ctx, form) => { ctx.body = page(`${form}<button form="op.logoutForm" name="logout" value="yes">Quitter</button>`); },
    },
  },
  interactions: { url: (ctx, interaction) => `/interaction/${interaction.uid}` },
  findAccount: (ctx, id) => ({
    accountId: id,
    claims: () => ({ sub: id, email: id, given_name: "Nadia", usual_name: "Essai", siret: "12345678900011" }),
  }),
  // The person agrees by entering.
  loadExistingGrant: async (ctx) => {
    const grant = new ctx.oidc.provider.Grant({ clientId: ctx.oidc.client.clientId, accountId: ctx.oidc.session.accountId });
    grant.addOIDCScope("openid given_name usual_name email siret");
    await grant.save();
    return grant;
  },
});

const answers = provider.callback();
createServer(async (request, response) => {
  if (!request.url.startsWith("/interaction/")) return answers(request, response);
  if (request.method === "POST") {
    let sent = "";
    for await (const part of request) sent += part;
    const accountId = new URLSearchParams(sent).get("email");
    return provider.interactionFinished(request, response, { login: { accountId } });
  }
  response.setHeader("Content-Type", "text/html");
  return response.end(page('<form method="post"><label>Adresse <input name="email"></label> <button>Entrer</button></form>'));
}).listen(Number(port), "localhost", () => console.log(issuer));
