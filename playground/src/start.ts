/** The system the page opens with. */
export const START = `name: shop

streams:
  orders: { retention: 48 hours }

tables:
  carts: { key: id, stream: new-and-old }

queues:
  replays:

topics:
  ops:

consumers:
  settle:
    handler: src/settle.ts
    from: { stream: orders, batchSize: 100, batchWindow: 5 seconds }
    access: { carts: [read, write], ops: publish }
    environment: { STAGE: $(stage), CARTS: $(carts.arn) }
  sync:
    handler: src/sync.ts
    from: [{ table: carts }, { queue: replays }]

apis:
  shop:
    type: http
    authorizer: none
    routes:
      GET /orders/{id}: { handler: src/get-order.ts, access: { carts: read } }

stages:
  prod:
    streams: { orders: { shards: 2 } }
`;
