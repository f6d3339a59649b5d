{{/* What the schema of the values cannot say: settings that do not go together. Each is one sentence that says what to do. */}}
{{- define "slotgate.check" -}}
{{- $slotgate := .Values.configuration.slotgate | default dict }}
{{- $issuer := dig "security" "issuer" "" $slotgate }}
{{- $database := dig "spring" "datasource" "url" "" .Values.configuration | default "" }}
{{- $replicas := int .Values.replicas }}
{{- include "slotgate.refuseOwn" . }}
{{- include "slotgate.refuseSecrets" (list "configuration" .Values.configuration) }}
{{- include "slotgate.refuseSecrets" (list "hsm.environment" .Values.hsm.environment) }}
{{- if regexMatch "[?&;](?i:password)=" $database }}
{{- fail "configuration.spring.datasource.url holds a password: put it into the Secret that secrets.database names." }}
{{- end }}
{{- if not $slotgate.modules }}
{{- fail "configuration.slotgate.modules is empty: it names the PKCS#11 library that the gateway loads." }}
{{- end }}
{{- if not (or $issuer $slotgate.trial) }}
{{- fail "configuration.slotgate.security.issuer is not set: it is the OAuth issuer whose access tokens are accepted, for example https://idp.example.com/realms/slotgate." }}
{{- end }}
{{- if and $slotgate.trial (gt $replicas 1) }}
{{- fail (printf "replicas is %d, and a trial (configuration.slotgate.trial) is one gateway: its software tokens are in its own volume." $replicas) }}
{{- end }}
{{- if and (gt $replicas 1) (not (hasPrefix "jdbc:postgresql:" $database)) }}
{{- fail (printf "replicas is %d, and configuration.spring.datasource.url names no PostgreSQL (jdbc:postgresql://…): several gateways share one." $replicas) }}
{{- end }}
{{- if and (gt $replicas 1) (not .Values.secrets.masterKey) }}
{{- fail (printf "replicas is %d, and secrets.masterKey is empty: gateways that share a database need the same master key." $replicas) }}
{{- end }}
{{- if not (or .Values.tls.secret $slotgate.trial (dig "web" "allow-plain-http" false $slotgate)) }}
{{- fail "tls.secret is empty: name a Secret with tls.crt and tls.key, or set configuration.slotgate.web.allow-plain-http to true when a proxy in front of the gateway does TLS." }}
{{- end }}
{{- if and .Values.tls.clientCa (not .Values.tls.secret) }}
{{- fail "tls.clientCa needs tls.secret: without it there is no TLS." }}
{{- end }}
{{- if and (contains "/etc/slotgate/pins/" (toJson $slotgate)) (not .Values.secrets.pins) }}
{{- fail "a user-pin-file is in /etc/slotgate/pins, and secrets.pins is empty: name the Secret whose keys are these files." }}
{{- end }}
{{- if and .Values.serviceMonitor.enabled (not (and .Values.serviceMonitor.oauth2.tokenUrl .Values.serviceMonitor.oauth2.secret)) }}
{{- fail "serviceMonitor.oauth2 needs tokenUrl and secret: metrics are given to access tokens with the scope metrics.read only." }}
{{- end }}
{{- end }}

{{/* Refuses in the configuration what the chart sets itself. */}}
{{- define "slotgate.refuseOwn" -}}
{{- $configuration := .Values.configuration }}
{{- range $key, $instead := dict
        "slotgate.data" "journal"
        "slotgate.master-key-file" "secrets.masterKey"
        "slotgate.web.tls" "tls"
        "server.address" "service"
        "server.port" "service.port"
        "spring.config" "secrets"
        "spring.datasource.username" "secrets.database" }}
{{- $at := $configuration }}
{{- range splitList "." $key }}
{{- if kindIs "map" $at }}
{{- $at = get $at . }}
{{- else }}
{{- $at = "" }}
{{- end }}
{{- end }}
{{- if $at }}
{{- fail (printf "configuration.%s is set by the chart: use %s." $key $instead) }}
{{- end }}
{{- end }}
{{- end }}

{{/* Refuses names that look like those of secrets, at any depth. Takes a list: the path so far, and what is there. */}}
{{- define "slotgate.refuseSecrets" -}}
{{- $path := first . }}
{{- $value := last . }}
{{- if kindIs "map" $value }}
{{- range $name, $below := $value }}
{{- if regexMatch "(?i)(password|passwd|passphrase|secret|credential|(^|[-_.])pin)s?$" $name }}
{{- fail (printf "%s.%s looks like a secret: put it into a Secret that is mounted as a file (secrets, hsm.configuration)." $path $name) }}
{{- end }}
{{- include "slotgate.refuseSecrets" (list (printf "%s.%s" $path $name) $below) }}
{{- end }}
{{- else if kindIs "slice" $value }}
{{- range $i, $below := $value }}
{{- include "slotgate.refuseSecrets" (list (printf "%s[%d]" $path $i) $below) }}
{{- end }}
{{- end }}
{{- end }}
