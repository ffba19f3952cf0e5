/** A Temporal server that answers, and how it was come by. */
export interface TemporalServer {
  /** Host and port of its gRPC service. */
  address: string;
  namespace: string;
  /** Temporal's own web pages, where they are known. */
  uiUrl?: string;
  /** Where it comes from, as `TEMPORAL_ADDRESS` or `cache: /…/temporal`. */
  source: string;
  /** Whether this process started it, and so stops it. */
  owned: boolean;
  /** The server's own process, where it runs on this machine for this clone. */
  pid?: number;
  /** Stops the server if it is owned, and does nothing otherwise. */
  stop(): Promise<void>;
}
