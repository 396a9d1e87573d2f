/// Where things are: what `concord.json` says, with what the environment overrides.
///
/// Every member has a default, so that an empty file (or none) serves the demo partnership on this machine.
public struct Configuration: Sendable, Equatable {
    /// The partnership: the name of a folder in `Definitions/partnerships`, or the path of a partnership's folder.
    public var partnership: String = "demo"
    /// The partnership's definition whose records, look-ups and boundaries assessments are made from; nil for the
    /// partnership's own.
    public var evidence: String?
    /// The folder of everything that the program keeps: database, keys, records, uploads.
    public var data: String = "var"
    /// Where the database is.
    public var database = DatabaseSettings()
    /// Where the web application listens and what it is called.
    public var web = WebSettings()
    /// The folder of the keys that seal secrets. Otherwise `keys` in the data folder.
    public var keys: String
    /// The file of the audit's daily anchors; best on another machine's disk. Otherwise `anchors/audit.txt` in the data folder.
    public var auditAnchors: String
    /// Outgoing mail, when there is any.
    public var mail: MailSettings?
    /// Sign-in by another organisation's OpenID Connect provider.
    public var providers: [ProviderSettings] = []
    /// Where base map tiles come from; nil for none. The program's own boundaries need none.
    public var mapTiles: String?

    /// Sessions' ends.
    public var sessions = SessionSettings()
    /// Files that lie with cases.
    public var attachments = AttachmentSettings()

    /// The default configuration.
    public init() {
        keys = "var/keys"
        auditAnchors = "var/anchors/audit.txt"
    }

    /// The database.
    public struct DatabaseSettings: Sendable, Equatable {
        /// `sqlite:PATH` or `postgresql://…`: as whom the program serves. nil for `concord.db` in the data folder.
        public var address: String?
        /// For PostgreSQL: as whom migrations and restores are done; the owner of the tables. nil for the same as `address`.
        public var owner: String?
    }

    /// The web application.
    public struct WebSettings: Sendable, Equatable {
        /// The network address to listen on.
        public var listen: String = "127.0.0.1"
        /// The port to listen on.
        public var port: Int = 8080
        /// What people type: scheme, host and port, without a path. nil when it is the address listened on.
        public var publicAddress: String?
        /// Addresses of reverse proxies whose `X-Forwarded-…` headers are believed.
        public var trustedProxies: [String] = []
        /// Threads that answer; nil for four.
        public var threads: Int?
    }

    /// How long sessions last.
    public struct SessionSettings: Sendable, Equatable {
        /// Minutes without use after which a session ends (5…480).
        public var idleMinutes: Int = 30
        /// Hours after which a session ends in any case (1…24).
        public var absoluteHours: Int = 12
    }

    /// Files that lie with cases.
    public struct AttachmentSettings: Sendable, Equatable {
        /// The largest file, in megabytes of 1,048,576 bytes (1…200).
        public var largestMegabytes: Int = 25
        /// The program against malware, with its arguments: it gets each file on its standard input and ends with 0 when
        /// it found nothing and with 1 when it found something. nil for none.
        public var scanner: [String]?

        /// The largest file, in bytes.
        public var largest: Int { largestMegabytes << 20 }
    }

    /// An SMTP server.
    public struct MailSettings: Sendable, Equatable {
        /// Its host.
        public var host: String
        /// Its port.
        public var port: Int
        /// The sender's address.
        public var from: String
        /// The user, when it asks for one.
        public var user: String?
        /// A file that holds the password.
        public var passwordFile: String?
    }

    /// An OpenID Connect provider.
    public struct ProviderSettings: Sendable, Equatable {
        /// What its button says: "Sign in with NAME".
        public var name: String
        /// Its issuer.
        public var issuer: String
        /// Our client identifier there.
        public var clientID: String
        /// A file that holds our client secret; nil for a public client.
        public var clientSecretFile: String?
        /// Values of `amr` or `acr` by which it says that a second factor was shown, beside those of RFC 8176: `mfa`, or
        /// something known together with something held or a part of the body. When there are any, the provider is asked
        /// for a sign-in of the last 15 minutes.
        public var secondFactorClaims: [String]

        /// A provider.
        public init(
            name: String, issuer: String, clientID: String, clientSecretFile: String? = nil,
            secondFactorClaims: [String] = []
        ) {
            self.name = name
            self.issuer = issuer
            self.clientID = clientID
            self.clientSecretFile = clientSecretFile
            self.secondFactorClaims = secondFactorClaims
        }

        /// Its name in addresses: small letters and digits, with a dash for everything between them.
        public var slug: String {
            let letters = name.lowercased().utf8.map { byte -> UInt8 in
                (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) ? byte : 0x2D
            }
            return letters.split(separator: 0x2D).map { String(decoding: $0, as: UTF8.self) }.joined(separator: "-")
        }

        /// The path to which the provider sends people back: to be registered there behind the public address.
        public var returnPath: String { "/sign-in/provider/\(slug)/return" }
    }

    /// What people type: scheme, host and port.
    public var publicAddress: String { web.publicAddress ?? "http://\(web.listen):\(web.port)" }

    /// Whether people reach the program by TLS, which makes cookies `Secure` and sends HSTS.
    public var isSecure: Bool { publicAddress.hasPrefix("https://") }

    /// The folder of files while they are being sent.
    public var uploads: String { "\(data)/uploads" }

    /// The database's address, with its default filled in.
    public var databaseAddress: String { database.address ?? "sqlite:\(data)/concord.db" }
}
