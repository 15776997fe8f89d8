import { absent } from 'a-package-that-is-not-there';
export default async () => absent;
