internal import Files
internal import Kernel

/// What the file says.
extension ConfigurationReader {
    mutating func readFile(_ path: String) {
        collect { reader throws(Fault) in
            let root = try DefinitionFile(path: path).root
            let folder = FileSystem.parent(of: path)
            reader.collect { _ throws(Fault) in
                try root.allow(only: [
                    "partnership", "evidence", "data", "database", "web", "keys", "auditAnchors", "mail", "signIn",
                    "map",
                    "sessions", "attachments", "notes",
                ])
            }
            reader.collect { reader throws(Fault) in
                if let text = try root.optional("partnership")?.text() { reader.configuration.partnership = text }
            }
            reader.collect { reader throws(Fault) in
                reader.configuration.evidence = try ConfigurationReader.file(root, "evidence", folder)
            }
            reader.collect { reader throws(Fault) in
                if let text = try root.optional("data")?.text() {
                    reader.configuration.data = FileSystem.path(text, relativeTo: folder)
                }
            }
            reader.collect { reader throws(Fault) in
                if let text = try root.optional("keys")?.text() {
                    reader.setKeys(FileSystem.path(text, relativeTo: folder))
                }
            }
            reader.collect { reader throws(Fault) in
                if let text = try root.optional("auditAnchors")?.text() {
                    reader.setAnchors(FileSystem.path(text, relativeTo: folder))
                }
            }
            reader.readParts(root, folder: folder)
        }
    }

    mutating func readParts(_ root: DefinitionNode, folder: String) {
        collect { reader throws(Fault) in
            if let node = try root.optional("database") { try reader.readDatabase(node, folder: folder) }
        }
        collect { reader throws(Fault) in
            if let node = try root.optional("web") { reader.readWeb(node) }
        }
        collect { reader throws(Fault) in
            if let node = try root.optional("sessions") { reader.readSessions(node) }
        }
        collect { reader throws(Fault) in
            if let node = try root.optional("attachments") { try reader.readAttachments(node) }
        }
        collect { reader throws(Fault) in
            if let node = try root.optional("mail") { try reader.readMail(node, folder: folder) }
        }
        collect { reader throws(Fault) in
            guard let node = try root.optional("signIn") else { return }
            try node.allow(only: ["openIDConnect"])
            for provider in try node.optional("openIDConnect")?.items() ?? [] {
                reader.collect { reader throws(Fault) in try reader.readProvider(provider, folder: folder) }
            }
        }
        collect { reader throws(Fault) in
            guard let node = try root.optional("map") else { return }
            try node.allow(only: ["tiles"])
            guard let tiles = try node.optional("tiles") else { return }
            let address = try tiles.text()
            guard address.hasPrefix("https://") || address.hasPrefix("/") else {
                throw tiles.fault("tiles come by https:// or from a path of this site")
            }
            reader.configuration.mapTiles = address
        }
    }

    mutating func readDatabase(_ node: DefinitionNode, folder: String) throws(Fault) {
        try node.allow(only: ["address", "owner"])
        for member in ["address", "owner"] {
            guard let value = try node.optional(member) else { continue }
            let address = try ConfigurationReader.databaseAddress(value.text(), relativeTo: folder) { why in
                value.fault(why, remedy: "Write sqlite:PATH or postgresql://USER@HOST/DATABASE.")
            }
            if member == "address" {
                configuration.database.address = address
            } else {
                configuration.database.owner = address
            }
        }
    }

    mutating func readAttachments(_ node: DefinitionNode) throws(Fault) {
        try node.allow(only: ["largestMegabytes", "scanner"])
        if let largest = try node.optional("largestMegabytes") {
            configuration.attachments.largestMegabytes = try largest.integer(in: 1...200)
        }
        guard let scanner = try node.optional("scanner") else { return }
        let command = try scanner.texts()
        guard let program = command.first, program.hasPrefix("/") else {
            throw scanner.fault(
                "a list is needed here that begins with the program’s whole path",
                remedy: "For example: [\"/usr/bin/clamdscan\", \"--no-summary\", \"-\"].")
        }
        configuration.attachments.scanner = command
    }

    mutating func readMail(_ node: DefinitionNode, folder: String) throws(Fault) {
        try node.allow(only: ["host", "port", "from", "user", "passwordFile"])
        let port = try node.optional("port")
        let number = try port?.integer() ?? 587
        if let port, !(1...65_535).contains(number) { throw port.fault("a port is a number from 1 to 65535") }
        let from = try node.required("from")
        guard try from.text().contains("@") else { throw from.fault("an e-mail address is needed here") }
        configuration.mail = .init(
            host: try node.required("host").text(), port: number, from: try from.text(),
            user: try node.optional("user")?.text(),
            passwordFile: try ConfigurationReader.file(node, "passwordFile", folder))
    }

    mutating func readProvider(_ node: DefinitionNode, folder: String) throws(Fault) {
        try node.allow(only: ["name", "issuer", "clientID", "clientSecretFile", "secondFactorClaims"])
        let issuer = try node.required("issuer")
        let address = try issuer.text()
        guard address.hasPrefix("https://") || ConfigurationReader.isLoopback(address) else {
            throw issuer.fault("an issuer is reached by https://")
        }
        let provider = Configuration.ProviderSettings(
            name: try node.required("name").text(), issuer: address,
            clientID: try node.required("clientID").text(),
            clientSecretFile: try ConfigurationReader.file(node, "clientSecretFile", folder),
            secondFactorClaims: try node.optional("secondFactorClaims")?.texts() ?? [])
        guard !provider.slug.isEmpty, !configuration.providers.contains(where: { $0.slug == provider.slug }) else {
            throw try node.required("name").fault("each provider needs a name of its own, with a letter or a digit")
        }
        configuration.providers.append(provider)
    }
}
