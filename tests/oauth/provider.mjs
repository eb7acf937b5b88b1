// node provider.mjs PORT
// oidc-provider with its own login and consent pages, as the authorization server of a plugin. Prints "up" when it can
// be asked. Exit status 77: the package is missing (npm install in this folder, or PLUGVET_OAUTH_MODULES names another).
import path from 'node:path';
import {fileURLToPath, pathToFileURL} from 'node:url';

const folder = process.env.PLUGVET_OAUTH_MODULES ?? fileURLToPath(new URL('.', import.meta.url));
let Provider;
try {
  Provider = (await import(pathToFileURL(path.join(folder, 'node_modules/oidc-provider/lib/index.js')))).default;
} catch (missing) {
  console.log(`skipped: ${missing.message.split('\n')[0]}`);
  process.exit(77);
}

const port = Number(process.argv[2]);
const client = (client_id, client_secret) => ({
  client_id, client_secret,
  redirect_uris: ['https://chat.openai.com/aip/plugin-abc/oauth/callback', 'https://chatgpt.com/aip/plugin-abc/oauth/callback'],
  grant_types: ['authorization_code', 'refresh_token'], response_types: ['code'],
  token_endpoint_auth_method: 'client_secret_post',
});
const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [client('plug', 'pV7-oidc-Secret-4x'), client('other', 'pV7-oidc-Other-9z')],
  scopes: ['openid', 'offline_access', 'todos'],
  pkce: {required: () => false},
  features: {devInteractions: {enabled: true}, introspection: {enabled: true}, revocation: {enabled: true}},
  issueRefreshToken: async () => true,
  rotateRefreshToken: () => true,
  cookies: {keys: ['a key for tests']},
  ttl: {AccessToken: 600, AuthorizationCode: 60, Grant: 3600, RefreshToken: 3600, Session: 3600, Interaction: 600, IdToken: 600},
});
provider.listen(port, '127.0.0.1', () => console.log('up'));
