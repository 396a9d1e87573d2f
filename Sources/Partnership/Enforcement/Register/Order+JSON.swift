internal import Governance
internal import Kernel
internal import Storage

// How the fields of an order lie in the table. `json` and `read` are each other's reverse.
extension Order {
    func json(_ field: OrderField) -> JSON {
        switch field {
        case .authority:
            .members(
                ("type", .string(type.text)), ("applicant", .string(applicant.text)), ("maker", .string(maker)),
                ("court", .string(court)), ("area", .text(area?.text)), ("basis", .string(basis)))
        case .subject: .members(("subject", subject.json), ("name", .string(subjectName)))
        case .born: .text(born?.description)
        case .dates: .members(("step", .string(step.rawValue)), ("dates", dates.json))
        case .terms:
            .members(
                ("terms", .array(terms.map(\.json))), ("area", .string(areaText)), ("arrest", .bool(hasPowerOfArrest)),
                ("interim", .bool(isInterim)), ("undertaking", .bool(isUndertaking)))
        case .clocks:
            .members(("clocks", .array(clocks.map(\.json))), ("rules", .array(rules.map(\.json))))
        case .penalty: .members(("full", .count(penalty)), ("early", .count(earlyPenalty)))
        case .publicity: publicity?.json ?? .null
        case .links: .members(("before", before?.json ?? .null), ("cases", .array(cases.map { .string($0.text) })))
        case .authorisation:
            .members(("by", .string(authorisedBy)), ("senior", .bool(isSenior)), ("risk", .string(riskAssessment)))
        case .proportionality:
            assessments.isEmpty && unassessed.isEmpty
                ? .null
                : .members(
                    ("assessments", .array(assessments.map(\.json))), ("unassessed", .array(unassessed.map(\.json))))
        case .service: service?.json ?? .null
        case .breaches: .array(breaches.map(\.json))
        case .appeals: .array(appeals.map(\.json))
        case .equality: .members(("sex", .text(equality.sex)), ("ethnicGroup", .text(equality.ethnicGroup)))
        case .protected: .array(protected.map(\.json))
        }
    }

    /// An order of these fields; those that are not there are empty. Type and subject must be.
    init(_ fields: JSON) throws {
        guard let authority = fields.has(OrderField.authority.rawValue),
            let about = fields.has(OrderField.subject.rawValue), let subject = about.has("subject")
        else { throw StorageError.wrongValue(column: "fields") }
        self.init(
            try authority.code("type"), subject: try OrderSubject(subject), name: try about.text("name"),
            applicant: try authority.code("applicant"), maker: try authority.text("maker"))
        for field in OrderField.allCases {
            if let value = fields.has(field.rawValue) { try read(field, value, fields) }
        }
    }

    private mutating func read(_ field: OrderField, _ value: JSON, _ all: JSON) throws {
        switch field {
        case .authority:
            court = try value.text("court")
            area = try value.optionalText("area").flatMap { Code($0) }
            basis = try value.text("basis")
        case .subject: return
        case .born: born = try all.optionalDay(field.rawValue)
        case .dates:
            step = try value.choice("step")
            dates = try OrderDates(value.has("dates") ?? .null)
        case .terms:
            terms = try value.items("terms").map(OrderTerm.init)
            areaText = try value.text("area")
            hasPowerOfArrest = try value.flag("arrest")
            isInterim = try value.flag("interim")
            isUndertaking = try value.flag("undertaking")
        case .clocks:
            clocks = try value.items("clocks").map(OrderClock.init)
            rules = try value.items("rules").map(KeptRule.init)
        case .penalty:
            penalty = try value.optionalCount("full")
            earlyPenalty = try value.optionalCount("early")
        case .publicity: publicity = try OrderPublicity(value)
        case .links:
            before = try value.has("before").map(OrderBefore.init)
            cases = try value.items("cases").compactMap { if case .string(let id) = $0 { ID(id) } else { nil } }
        case .authorisation:
            authorisedBy = try value.text("by")
            isSenior = try value.flag("senior")
            riskAssessment = try value.text("risk")
        case .proportionality:
            assessments = try value.items("assessments").map(OrderAssessment.init)
            unassessed = try value.items("unassessed").map(UnassessedStep.init)
        case .service: service = try OrderService(value)
        case .breaches: breaches = try all.items(field.rawValue).map(OrderBreach.init)
        case .appeals: appeals = try all.items(field.rawValue).map(OrderAppeal.init)
        case .equality:
            equality = OrderEquality(
                sex: try value.optionalText("sex"), ethnicGroup: try value.optionalText("ethnicGroup"))
        case .protected: protected = try all.items(field.rawValue).map(ProtectedPerson.init)
        }
    }

    /// All fields of a class in one object.
    func json(of fieldClass: (OrderField) -> Bool) -> JSON {
        .object(OrderField.allCases.filter(fieldClass).map { JSON.Member($0.rawValue, json($0)) })
    }

    /// These fields only; type and subject stay.
    func only(_ fields: Set<OrderField>) throws -> Order {
        try Order(json { fields.contains($0) || $0 == .authority || $0 == .subject })
    }
}
