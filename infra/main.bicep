// Scan Bot on Azure Container Apps: the bot without any secret of its own (a managed identity that its app registration
// trusts), PostgreSQL on a private network, the Azure Bot with its Teams channel and OAuth connection, logs.
// Deploy: see docs/deployment.md.

targetScope = 'resourceGroup'

@description('Beginning of every name. Letters and digits, since it becomes part of host names.')
@minLength(3)
@maxLength(12)
param name string = 'scanbot'

param location string = resourceGroup().location

@description('Application (client) id of the app registration that infra/register-app.ts made.')
param appId string

@description('The image, e.g. contoso.azurecr.io/scan-bot:0.1.0.')
param image string

@description('Login server of the registry that holds the image; empty for one that needs no sign-in.')
param registryServer string = ''

@description('A secret of the app registration, for the OAuth connection only. The bot does not see it.')
@secure()
param oauthConnectionSecret string

@description('Password of the database, the same at every deployment. The bot gets it from the vault.')
@secure()
@minLength(24)
param databasePassword string

@allowed(['requester', 'second-person', 'approvers'])
param approval string = 'requester'

@description('Object ids of people, or group:<object id>, separated by commas. Needed with approval approvers.')
param approvers string = ''

@minValue(1)
@maxValue(10)
param replicas int = 3

@allowed(['us', 'eu', 'uk', 'au', 'swa', 'ina', ''])
@description('The Defender host nearest to the tenant; empty for the global one.')
param defenderRegion string = ''

var databaseUser = 'scanbot'
var databaseName = 'scanbot'
var vaultSecretsUser = '4633458b-17de-408a-b874-0445c86b69e6'
var activeDirectoryV2 = '30dd229c-58e3-4a48-bdfd-91ec48eb906c'
var unique = uniqueString(resourceGroup().id)

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: '${name}-identity'
  location: location
}

resource logs 'Microsoft.OperationalInsights/workspaces@2023-09-01' = {
  name: '${name}-logs'
  location: location
  properties: {
    sku: { name: 'PerGB2018' }
    retentionInDays: 30
  }
}

// --- Network: the database has no address outside of it -----------------------------------------------------------

resource network 'Microsoft.Network/virtualNetworks@2024-01-01' = {
  name: '${name}-network'
  location: location
  properties: {
    addressSpace: { addressPrefixes: ['10.20.0.0/16'] }
    subnets: [
      {
        name: 'bots'
        properties: {
          addressPrefix: '10.20.0.0/23'
          delegations: [{ name: 'apps', properties: { serviceName: 'Microsoft.App/environments' } }]
        }
      }
      {
        name: 'database'
        properties: {
          addressPrefix: '10.20.2.0/28'
          delegations: [
            { name: 'postgres', properties: { serviceName: 'Microsoft.DBforPostgreSQL/flexibleServers' } }
          ]
        }
      }
    ]
  }
}

resource zone 'Microsoft.Network/privateDnsZones@2020-06-01' = {
  name: '${name}-${unique}.private.postgres.database.azure.com'
  location: 'global'
}

resource zoneLink 'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2020-06-01' = {
  parent: zone
  name: 'network'
  location: 'global'
  properties: {
    registrationEnabled: false
    virtualNetwork: { id: network.id }
  }
}

// --- The store ------------------------------------------------------------------------------------------------------

resource database 'Microsoft.DBforPostgreSQL/flexibleServers@2024-08-01' = {
  name: '${name}-${unique}'
  location: location
  sku: { name: 'Standard_B1ms', tier: 'Burstable' }
  properties: {
    version: '17'
    administratorLogin: databaseUser
    administratorLoginPassword: databasePassword
    storage: { storageSizeGB: 32 }
    backup: { backupRetentionDays: 14, geoRedundantBackup: 'Disabled' }
    network: {
      delegatedSubnetResourceId: network.properties.subnets[1].id
      privateDnsZoneArmResourceId: zone.id
    }
  }
  dependsOn: [zoneLink]
}

resource scans 'Microsoft.DBforPostgreSQL/flexibleServers/databases@2024-08-01' = {
  parent: database
  name: databaseName
}

// --- The vault: the address of the database is the one secret that the bot reads ------------------------------------

resource vault 'Microsoft.KeyVault/vaults@2023-07-01' = {
  name: take('${name}-${unique}', 24)
  location: location
  properties: {
    tenantId: tenant().tenantId
    sku: { family: 'A', name: 'standard' }
    enableRbacAuthorization: true
    enablePurgeProtection: true
    softDeleteRetentionInDays: 90
  }
}

resource databaseUrl 'Microsoft.KeyVault/vaults/secrets@2023-07-01' = {
  parent: vault
  name: 'database-url'
  properties: {
    value: 'postgres://${databaseUser}:${uriComponent(databasePassword)}@${database.properties.fullyQualifiedDomainName}:5432/${databaseName}?sslmode=verify-full'
  }
}

resource readsSecrets 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(vault.id, identity.id, vaultSecretsUser)
  scope: vault
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', vaultSecretsUser)
  }
}

// --- The bot --------------------------------------------------------------------------------------------------------

resource environment 'Microsoft.App/managedEnvironments@2024-03-01' = {
  name: '${name}-environment'
  location: location
  properties: {
    vnetConfiguration: { infrastructureSubnetId: network.properties.subnets[0].id, internal: false }
    workloadProfiles: [{ name: 'Consumption', workloadProfileType: 'Consumption' }]
    appLogsConfiguration: {
      destination: 'log-analytics'
      logAnalyticsConfiguration: {
        customerId: logs.properties.customerId
        sharedKey: logs.listKeys().primarySharedKey
      }
    }
  }
}

resource bot 'Microsoft.App/containerApps@2024-03-01' = {
  name: name
  location: location
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identity.id}': {} }
  }
  properties: {
    environmentId: environment.id
    workloadProfileName: 'Consumption'
    configuration: {
      activeRevisionsMode: 'Single'
      ingress: { external: true, targetPort: 3978, transport: 'http', allowInsecure: false }
      registries: empty(registryServer) ? [] : [{ server: registryServer, identity: identity.id }]
      secrets: [{ name: 'database-url', keyVaultUrl: databaseUrl.properties.secretUri, identity: identity.id }]
    }
    template: {
      terminationGracePeriodSeconds: 15
      scale: { minReplicas: replicas, maxReplicas: replicas }
      containers: [
        {
          name: 'bot'
          image: image
          resources: { cpu: json('0.5'), memory: '1Gi' }
          env: [
            { name: 'MicrosoftAppId', value: appId }
            { name: 'MicrosoftAppTenantId', value: tenant().tenantId }
            { name: 'APP_MANAGED_IDENTITY_CLIENT_ID', value: identity.properties.clientId }
            { name: 'DATABASE_URL', secretRef: 'database-url' }
            { name: 'METRICS_PORT', value: '9464' }
            { name: 'APPROVAL', value: approval }
            { name: 'APPROVERS', value: approvers }
            { name: 'DEFENDER_REGION', value: defenderRegion }
          ]
          probes: [
            { type: 'Startup', httpGet: { path: '/healthz', port: 3978 }, periodSeconds: 2, failureThreshold: 30 }
            { type: 'Liveness', httpGet: { path: '/healthz', port: 3978 }, periodSeconds: 15, timeoutSeconds: 5 }
            { type: 'Readiness', httpGet: { path: '/readyz', port: 3978 }, periodSeconds: 5, timeoutSeconds: 3 }
          ]
        }
      ]
    }
  }
  dependsOn: [readsSecrets, scans]
}

// --- Where Teams finds it -------------------------------------------------------------------------------------------

resource azureBot 'Microsoft.BotService/botServices@2022-09-15' = {
  name: '${name}-${unique}'
  location: 'global'
  kind: 'azurebot'
  sku: { name: 'F0' }
  properties: {
    displayName: 'Scan Bot'
    endpoint: 'https://${bot.properties.configuration.ingress.fqdn}/api/messages'
    msaAppId: appId
    msaAppTenantId: tenant().tenantId
    msaAppType: 'SingleTenant'
  }
}

resource teams 'Microsoft.BotService/botServices/channels@2022-09-15' = {
  parent: azureBot
  name: 'MsTeamsChannel'
  location: 'global'
  properties: {
    channelName: 'MsTeamsChannel'
    properties: { isEnabled: true }
  }
}

resource signIn 'Microsoft.BotService/botServices/connections@2022-09-15' = {
  parent: azureBot
  name: 'defender'
  location: 'global'
  properties: {
    serviceProviderDisplayName: 'Azure Active Directory v2'
    serviceProviderId: activeDirectoryV2
    clientId: appId
    clientSecret: oauthConnectionSecret
    scopes: 'api://botid-${appId}/access_as_user'
    parameters: [
      { key: 'tenantID', value: tenant().tenantId }
      { key: 'tokenExchangeUrl', value: 'api://botid-${appId}' }
    ]
  }
}

@description('What infra/register-app.ts needs to let the identity speak for the app.')
output identityPrincipalId string = identity.properties.principalId
output identityClientId string = identity.properties.clientId
output messagingEndpoint string = azureBot.properties.endpoint
