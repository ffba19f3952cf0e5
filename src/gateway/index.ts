export { cutLine, type Line, type LineOptions, seeded } from './cuts.js';
export { createGateway, type Gateway, type GatewayOptions } from './gateway.js';
export { type Grant, openGrant, type Secrets, sealGrant } from './grants.js';
export { type Listening, listen } from './listen.js';
export {
  type Asked,
  askGateway,
  NEW_PAGE,
  type Page,
  type ReadOptions,
  readAnswer,
} from './reader.js';
export { Relays } from './relays.js';
