/**
 * A key and a self-signed certificate for `secure.localhost`, until 2120, made for tests alone:
 * `openssl ecparam -name prime256v1 -genkey`, `openssl ca -selfsign`.
 */
export const certificate = {
  host: 'secure.localhost',
  key: `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgzI+3XET7vU9b7ead
m5CvyB1/63jVdWOzgUAHA1HVDYihRANCAASEODtJ277bD0nYvdsDcYgUN5xKclt6
+wGi4o6+EyJlbSun7OPYsyF+fQJi6B9t4EhOC4xoUtJvgnn7cZUVxn3L
-----END PRIVATE KEY-----`,
  cert: `-----BEGIN CERTIFICATE-----
MIIBiDCCAS+gAwIBAgIUN39Khm7R8j31s1YRtf9R3YOoIcswCgYIKoZIzj0EAwIw
GzEZMBcGA1UEAwwQc2VjdXJlLmxvY2FsaG9zdDAgFw0yMDAxMDEwMDAwMDBaGA8y
MTIwMDEwMTAwMDAwMFowGzEZMBcGA1UEAwwQc2VjdXJlLmxvY2FsaG9zdDBZMBMG
ByqGSM49AgEGCCqGSM49AwEHA0IABIQ4O0nbvtsPSdi92wNxiBQ3nEpyW3r7AaLi
jr4TImVtK6fs49izIX59AmLoH23gSE4LjGhS0m+CeftxlRXGfcujTzBNMBsGA1Ud
EQQUMBKCEHNlY3VyZS5sb2NhbGhvc3QwDwYDVR0TAQH/BAUwAwEB/zAdBgNVHQ4E
FgQUprFfWltBBzf6w1zrplHxHm5HIRgwCgYIKoZIzj0EAwIDRwAwRAIgYcXM3GDM
pi02A5ObrOyyw0L0npXfNsVHbjwVE5XHWjYCIGGutCNUZ1jXLbKUKt2+y2V+NQG6
4hkgP9RoGC2cRku5
-----END CERTIFICATE-----`,
} as const
