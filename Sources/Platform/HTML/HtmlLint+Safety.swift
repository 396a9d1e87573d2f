extension HtmlLint {
    /// What a content security policy without `unsafe-inline` refuses, and what would do harm without one.
    mutating func checkSafety(_ tag: Tag) {
        if tag.name == "script" && (tag.hasContent || tag["src"] == nil) { problems.append("script within the page") }
        if tag.name == "style" && policy.contains(.contentSecurity) { problems.append("style element") }
        for attribute in tag.attributes {
            let name = attribute.name.lowercased()
            if name == "style" { problems.append("<\(tag.name)> has a style attribute") }
            if name.hasPrefix("on") { problems.append("<\(tag.name)> has the script attribute \(name)") }
            if ["href", "src", "action", "formaction"].contains(name), Html.safeAddress(attribute.value) == "#",
                attribute.value != "#"
            {
                problems.append("<\(tag.name)> \(name) has a scheme that is not for links")
            }
        }
    }
}
