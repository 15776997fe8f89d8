import { bucket, records } from 'eventsystem/runtime';

export default records(async (record) => console.log(bucket('receipts'), record));
