internal import Files
internal import Kernel

/// How the web application and its sessions are set.
extension ConfigurationReader {
    mutating func readWeb(_ node: DefinitionNode) {
        collect { _ throws(Fault) in
            try node.allow(only: ["listen", "port", "publicAddress", "trustedProxies", "threads"])
        }
        collect { reader throws(Fault) in
            if let text = try node.optional("listen")?.text() { reader.configuration.web.listen = text }
        }
        collect { reader throws(Fault) in
            guard let value = try node.optional("port") else { return }
            let port = try value.integer()
            guard (1...65_535).contains(port) else { throw value.fault("a port is a number from 1 to 65535") }
            reader.configuration.web.port = port
        }
        collect { reader throws(Fault) in
            guard let value = try node.optional("publicAddress") else { return }
            let address = try value.text()
            guard ConfigurationReader.isOrigin(address) else {
                throw value.fault("it needs a scheme and a host and no path, such as https://concord.example.gov.uk")
            }
            reader.configuration.web.publicAddress = address
        }
        collect { reader throws(Fault) in
            if let proxies = try node.optional("trustedProxies")?.texts() {
                reader.configuration.web.trustedProxies = proxies
            }
        }
        collect { reader throws(Fault) in
            guard let value = try node.optional("threads") else { return }
            let threads = try value.integer()
            guard (1...256).contains(threads) else { throw value.fault("from 1 to 256 threads can answer") }
            reader.configuration.web.threads = threads
        }
    }

    mutating func readSessions(_ node: DefinitionNode) {
        collect { _ throws(Fault) in try node.allow(only: ["idleMinutes", "absoluteHours"]) }
        collect { reader throws(Fault) in
            guard let value = try node.optional("idleMinutes") else { return }
            let minutes = try value.integer()
            guard (5...480).contains(minutes) else { throw value.fault("a session may idle for 5 to 480 minutes") }
            reader.configuration.sessions.idleMinutes = minutes
        }
        collect { reader throws(Fault) in
            guard let value = try node.optional("absoluteHours") else { return }
            let hours = try value.integer()
            guard (1...24).contains(hours) else { throw value.fault("a session may last for 1 to 24 hours") }
            reader.configuration.sessions.absoluteHours = hours
        }
    }
}
