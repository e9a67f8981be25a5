/** Made with OpenSSL 3.0; the messages and keys mean nothing else. */
export interface KnownDigest {
  readonly name: string;
  readonly algorithm: string;
  readonly messageHex: string;
  readonly digestHex: string;
}

export interface KnownSignature {
  readonly name: string;
  /** Null for Ed25519, which hashes by itself. */
  readonly digest: string | null;
  readonly padding: 'none' | 'pss';
  readonly spkiBase64: string;
  readonly messageHex: string;
  readonly signatureBase64: string;
}

export interface KnownAnswers {
  readonly digests: readonly KnownDigest[];
  readonly signatures: readonly KnownSignature[];
}

const messageHex = '447279646f636b206b6e6f776e2d616e737765722074657374';

/** One answer for each algorithm of docs/trust.md. SHA-1 occurs in a comparison only (RFC 5035 §3) and is asked for like the rest. */
export const knownAnswers: KnownAnswers = {
  digests: [
    { name: 'SHA-1', algorithm: 'sha1', messageHex, digestHex: '39d0352bfd7cbcbc0dc6687f068b9c886e8b982f' },
    {
      name: 'SHA-256',
      algorithm: 'sha256',
      messageHex,
      digestHex: 'eba09bd443aadf9dfd83116928596070fa59a56dd56e974ae1f4d0888fb1171b',
    },
    {
      name: 'SHA-384',
      algorithm: 'sha384',
      messageHex,
      digestHex: 'c5af89377b0a949852e31e9fae393242326d91f47c74576835a31bc67325aff19164fb31ca7c1e6808956d2cba99b86b',
    },
    {
      name: 'SHA-512',
      algorithm: 'sha512',
      messageHex,
      digestHex:
        '4b6d55ae60c9a2898195316f0f719ffc5eb20cb01b5f7991e6ff4fc929a3b23a21516b4b60bed65597f2169220dea1a486e5ecaed9d54a606a61280ce9f28a4c',
    },
  ],
  signatures: [
    {
      name: 'ECDSA P-256 with SHA-256',
      digest: 'sha256',
      padding: 'none',
      spkiBase64:
        'MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAExjWQeBrFszdD3bYflpgu0sB95F6lRMm7OwXZYDq+S3PfsUXTp4kRgQbShajoFqZB669llaz6OBXCU7qV3rSX7A==',
      messageHex,
      signatureBase64:
        'MEUCICXEaWcpmRxOvhdicZAKu/XuiQQgv9CrtRcQWNgC11NgAiEA33chAem9pep2slszPuwHlrA7DTR1X1nrIP76VaLanM0=',
    },
    {
      name: 'ECDSA P-256 with SHA-384',
      digest: 'sha384',
      padding: 'none',
      spkiBase64:
        'MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAExjWQeBrFszdD3bYflpgu0sB95F6lRMm7OwXZYDq+S3PfsUXTp4kRgQbShajoFqZB669llaz6OBXCU7qV3rSX7A==',
      messageHex,
      signatureBase64:
        'MEUCIATGwEy/HE7IXgSgHx+R+i2agdNSo/sJAovGgEb0as+RAiEAqGVpA0y+65gD5sZb7mcL1wiop32Qiazds/xGVYHBVls=',
    },
    {
      name: 'ECDSA P-256 with SHA-512',
      digest: 'sha512',
      padding: 'none',
      spkiBase64:
        'MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAExjWQeBrFszdD3bYflpgu0sB95F6lRMm7OwXZYDq+S3PfsUXTp4kRgQbShajoFqZB669llaz6OBXCU7qV3rSX7A==',
      messageHex,
      signatureBase64:
        'MEUCIQCmnFGAVl6VF9tU9RnwvZIiudtxhSwGECyrRYQDcC6PhAIgItLRpLqtcxrcmQ5OhE76znLmLRQ8aQ6ELU7t7dVIzHI=',
    },
    {
      name: 'ECDSA P-384 with SHA-384',
      digest: 'sha384',
      padding: 'none',
      spkiBase64:
        'MHYwEAYHKoZIzj0CAQYFK4EEACIDYgAEBlqTYfcNoSlDDfeuqdRd8iNYBcTKD8LxcGAvAZ0FCckkdJSp5/f9c/jyEFb3q4RELYzfl7yRHjKQYW0h9BveLP93pAoJWQiRWC7mNQi2L6Rw6TzkvGM3Zt/HPSF9j7Q6',
      messageHex,
      signatureBase64:
        'MGUCMDLYyBrRa4Oy0cznRQPaUqhIrfJOc7GnkzizADvVzSVlMJFEa0JZq94t1Ddx0lA2zgIxAPyadHG8fdJQlt6cWMQsxLuw6YYxTUm3zWzMXdBRD/LJ0SlzLaBO0/LtkijycFWvLA==',
    },
    {
      name: 'Ed25519',
      digest: null,
      padding: 'none',
      spkiBase64: 'MCowBQYDK2VwAyEA6GindQ6XBvlZgrg2asayFMlDf4d4GU8B83AfTTXTrVA=',
      messageHex,
      signatureBase64: 'Q5lA8XWhOaONWYX8T1notdRZ+sABCQ8W8ONPhajXvcbczrLVGm7s2tI6wUHZDVVNQerkwFZHgGBy4wrevktTBA==',
    },
    {
      name: 'RSASSA-PKCS1-v1_5 with SHA-256',
      digest: 'sha256',
      padding: 'none',
      spkiBase64:
        'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAnADpvPk8DzBlsJTBtooot7idPx6tlXjArPF+IUwd5iB7d7LeomWdK7bLfHDTeYrk/uLkN8DrRqkWosS1axIVAxRG7ddOEcOWJA0Y/ce5aJ5+0wlscRU6TYfgHqSVMQRsV1hzzar5A35Es/LPyyLNDRb00hnME6jfEawXDnWDhRcC6L5FqgwZyMEXmSffhzaxHXcAaEVTZz7Veh6JbJUpaRpa7rsGNBXuV7egl6QqOzafCSLW6e4Uc0mX5vb+O7h7ef1auzXDp4WmyOYGy/k9aHf5aJogBWrnqTGg6GS2dLIxPqAjqyWmdc+B4+pbBLrkKjj3FnhIi+9BjZGPKhuo7QIDAQAB',
      messageHex,
      signatureBase64:
        'Qy6CyGNhXawQxLwxfnmdB7whnRFN247fnWyWYyyDfxr8PynbeB8igObv6T3VCRSYvcdJsmHvIKWNMjpaAc7T16NDLSfq15gVkXuUnDI+UuWAuEAVqKeHjp5DnpZXrbBdjqAQowmLBi3RFWaw73VQz8ApQYzOT+TfLKzwoQ1+yZLEgt+mmoX22PKJ3FLf+oQeriLjaJrbZqKVY9McD06uLjqxR9ujeHlaqbZsANQKwDClmi7BtquUwSZWYZ07g6ULX8fW5UaGS9YvlxX8L5F99Zm5sZ9j/jiF7PfHDK4cr9UjsM3XYurQ8oNmvt0WXzBLzr0lPgoS8Zn3YMiKrIVGyA==',
    },
    {
      name: 'RSASSA-PSS with SHA-256',
      digest: 'sha256',
      padding: 'pss',
      spkiBase64:
        'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAnADpvPk8DzBlsJTBtooot7idPx6tlXjArPF+IUwd5iB7d7LeomWdK7bLfHDTeYrk/uLkN8DrRqkWosS1axIVAxRG7ddOEcOWJA0Y/ce5aJ5+0wlscRU6TYfgHqSVMQRsV1hzzar5A35Es/LPyyLNDRb00hnME6jfEawXDnWDhRcC6L5FqgwZyMEXmSffhzaxHXcAaEVTZz7Veh6JbJUpaRpa7rsGNBXuV7egl6QqOzafCSLW6e4Uc0mX5vb+O7h7ef1auzXDp4WmyOYGy/k9aHf5aJogBWrnqTGg6GS2dLIxPqAjqyWmdc+B4+pbBLrkKjj3FnhIi+9BjZGPKhuo7QIDAQAB',
      messageHex,
      signatureBase64:
        'RNqOvCY8VtfjH8kb/JQMlHWDUL8gkR8q7icyrp1CnfvEeSnCG0A8HrEjsmnEGwoXwbA2UGQFScHQa32aEUufn7EG0KwiZizEkAQjQ7YeU2mIUOYIX6k8miAUiEIkHtIHmDdzPWLvmepFiHxz9NFeLcJTwZc2Uvyho9YAwaRPzKTCDlA+SDv8Jcaj6d1r30VZ66Sypg+Bd2bxwUB7RVJcNEzMF8vuCWEvcIrwUQk7Kl0G/2Gkljy70bsEW/9xem5SJ3HBRZrJaYKSwBVv/30lDmQlgs0Ow671Os5HKnUOoi0p7hEFu35Xu9C2gz3bgTalxodTCXmcPlS9VIGeOw0+7w==',
    },
    {
      name: 'RSASSA-PKCS1-v1_5 with SHA-384',
      digest: 'sha384',
      padding: 'none',
      spkiBase64:
        'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAnADpvPk8DzBlsJTBtooot7idPx6tlXjArPF+IUwd5iB7d7LeomWdK7bLfHDTeYrk/uLkN8DrRqkWosS1axIVAxRG7ddOEcOWJA0Y/ce5aJ5+0wlscRU6TYfgHqSVMQRsV1hzzar5A35Es/LPyyLNDRb00hnME6jfEawXDnWDhRcC6L5FqgwZyMEXmSffhzaxHXcAaEVTZz7Veh6JbJUpaRpa7rsGNBXuV7egl6QqOzafCSLW6e4Uc0mX5vb+O7h7ef1auzXDp4WmyOYGy/k9aHf5aJogBWrnqTGg6GS2dLIxPqAjqyWmdc+B4+pbBLrkKjj3FnhIi+9BjZGPKhuo7QIDAQAB',
      messageHex,
      signatureBase64:
        'R2mSOSrflkXpgj936HAQ4Dlt0Evvm0+HVljEWPvMcQleU+N7Bd3ujyqvk9y2ZBIEuSPwV7VBFBO954eyzPTFXyw0dPU+FftLLok0yq4tz9UU8xxcbbEdk+x4nSO12LGNOxqwdj2DuNk9Ujw5kb0z0uwEVVeFZ7200vMQnNt/cy+o7hInj8uQgCTZteDSlsegxhjdZoIFvblKjqkYDt3UwshJJjLPfbHwb9ihm9/bBJT0MTrxwMEVaKfOUhJZZPMA8DXqkwsN9tMzcPHocqG0cqD2wltE5fNfAqTari9cqIsdmb/ss5gQbT+4Sie5/9+krR8bW9oO3U64f1SJM4EanA==',
    },
    {
      name: 'RSASSA-PSS with SHA-384',
      digest: 'sha384',
      padding: 'pss',
      spkiBase64:
        'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAnADpvPk8DzBlsJTBtooot7idPx6tlXjArPF+IUwd5iB7d7LeomWdK7bLfHDTeYrk/uLkN8DrRqkWosS1axIVAxRG7ddOEcOWJA0Y/ce5aJ5+0wlscRU6TYfgHqSVMQRsV1hzzar5A35Es/LPyyLNDRb00hnME6jfEawXDnWDhRcC6L5FqgwZyMEXmSffhzaxHXcAaEVTZz7Veh6JbJUpaRpa7rsGNBXuV7egl6QqOzafCSLW6e4Uc0mX5vb+O7h7ef1auzXDp4WmyOYGy/k9aHf5aJogBWrnqTGg6GS2dLIxPqAjqyWmdc+B4+pbBLrkKjj3FnhIi+9BjZGPKhuo7QIDAQAB',
      messageHex,
      signatureBase64:
        'b4yZBcjQ81ZOYlycKOAKn0xcgtkvFl4C+BUzTl7g0DKMRBMp6x/4dSXPOHtqmXoYCgm25v+xAi5D7hRDs4mzPSb2HE+211eFLpWH0HTlRmCvA+Aqqumd7BaQHULoHNNbeuUHGgJ86KKax/6Cx2fXYc2L14wOUqmfsDG1RDnj9pa1Bng28Y6dcWzvbmyG6WKV1JGGG9wRlfUM0soCBG+Yx+0sxq/gfKdiJcuwiD49fUT7yf2OgJnSAYh1vj2YiF2AfUcpks6jDlo29CR1/E3+aZPNA28RD7WR5ZtTVntmIdtqpH1Cr+d/HTTtptxuAuvIwQlZg/zzs7xTSYr+/1ruKQ==',
    },
    {
      name: 'RSASSA-PKCS1-v1_5 with SHA-512',
      digest: 'sha512',
      padding: 'none',
      spkiBase64:
        'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAnADpvPk8DzBlsJTBtooot7idPx6tlXjArPF+IUwd5iB7d7LeomWdK7bLfHDTeYrk/uLkN8DrRqkWosS1axIVAxRG7ddOEcOWJA0Y/ce5aJ5+0wlscRU6TYfgHqSVMQRsV1hzzar5A35Es/LPyyLNDRb00hnME6jfEawXDnWDhRcC6L5FqgwZyMEXmSffhzaxHXcAaEVTZz7Veh6JbJUpaRpa7rsGNBXuV7egl6QqOzafCSLW6e4Uc0mX5vb+O7h7ef1auzXDp4WmyOYGy/k9aHf5aJogBWrnqTGg6GS2dLIxPqAjqyWmdc+B4+pbBLrkKjj3FnhIi+9BjZGPKhuo7QIDAQAB',
      messageHex,
      signatureBase64:
        'UvCIRDoiCgNTdB1Nd6pMv7CXuR0VsiUt4PN6yvOSb2xzoVkZ4TLXoof88ckmjzRmZQFgy5w4SLHvJaXWmeOYR+WApAIA46PmWPQSp0XTnln1HX+CSqQbxEtuxpLa+moW7cxRaKjMDh/srccVeLrLXvL4MgOasotOpZ+uBNXK04+WtqefBUm8rBaX29LhQGogy6Gj0eTOuttMS0qP8FxFZqwMEOoOkbURmMS2GShxnUqAN9jxd+Ti5KV4W/gLNnD8b/KeRMLDOZ6iKlwoLa3qya1wf0259+YMV1izkBXBKd4YEi9jmZAhyc0flbd6Xo2thUN6QNi0XfUWtxvbeEHN4g==',
    },
    {
      name: 'RSASSA-PSS with SHA-512',
      digest: 'sha512',
      padding: 'pss',
      spkiBase64:
        'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAnADpvPk8DzBlsJTBtooot7idPx6tlXjArPF+IUwd5iB7d7LeomWdK7bLfHDTeYrk/uLkN8DrRqkWosS1axIVAxRG7ddOEcOWJA0Y/ce5aJ5+0wlscRU6TYfgHqSVMQRsV1hzzar5A35Es/LPyyLNDRb00hnME6jfEawXDnWDhRcC6L5FqgwZyMEXmSffhzaxHXcAaEVTZz7Veh6JbJUpaRpa7rsGNBXuV7egl6QqOzafCSLW6e4Uc0mX5vb+O7h7ef1auzXDp4WmyOYGy/k9aHf5aJogBWrnqTGg6GS2dLIxPqAjqyWmdc+B4+pbBLrkKjj3FnhIi+9BjZGPKhuo7QIDAQAB',
      messageHex,
      signatureBase64:
        'eEgnqCzS0ueGfWegKcO/2n3XHYdUboL62we3+AUeeWzq2F/r/Nyt00X43m/7EtQiuE6tFK7D9warTGSb2TOfRt9WFKwU+T9xn6eDHOwj7WT3AJ+rBv479q3FUOOf5cb9JFYGzNjPArGVtjJtsZdd5+HUyUbusKkUOsmI47kociFjR+usJaohiszyAL2D0mWbWG3b1L6AYnk5bFAf3RNP2Lj4d1YLUtuaO23BjHUl5MKwvmG+n1faldG1cpnt0TvWvdCcg5+w7tmfUlQ1msKMKqrOkYMI3OVA2bIuDVUOL0Dgg1enW8uqMxZpThql6pSw1Ul2TYaS0/reU0W3q7YK5Q==',
    },
  ],
};
